/** A chart as a picture. The page's policy loads no picture that is not its own, not even one that it made itself, so the
 * marks are drawn one by one onto a canvas, with the looks that they have on the page. */

const EDGE = 16;
/** Twice as sharp as the screen: a picture is looked at in other sizes. */
const SCALE = 2;

interface Item {
  swatch: SVGSVGElement | null;
  text: string;
}

/** The picture of a frame: its title, period, legend and chart. Nothing where there is no chart to draw. */
export async function chartImage(frame: HTMLElement): Promise<Blob | null> {
  const chart = frame.querySelector<SVGSVGElement>("svg.chart");
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  if (!chart || !pen) return null;
  const look = getComputedStyle(frame);
  const legend = [...frame.querySelectorAll<HTMLElement>("ul.legend > li, .legend > span")].map(item);
  const box = chart.getBoundingClientRect();
  const [width, top] = [Math.ceil(box.width) + 2 * EDGE, EDGE + 44 + (legend.length > 0 ? 26 : 0)];
  [canvas.width, canvas.height] = [width * SCALE, (Math.ceil(box.height) + top + EDGE) * SCALE];
  pen.scale(SCALE, SCALE);
  pen.fillStyle = groundOf(frame);
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = look.color;
  write(pen, frame.querySelector("h2"), EDGE, EDGE + 14);
  write(pen, frame.querySelector("p.hint"), EDGE, EDGE + 34);
  let x = EDGE;
  for (const one of legend) {
    if (one.swatch) draw(pen, one.swatch, x, top - 23);
    pen.fillStyle = look.color;
    pen.font = fontOf(look);
    pen.fillText(one.text, x + 18, top - 13);
    x += 18 + pen.measureText(one.text).width + 20;
  }
  draw(pen, chart, EDGE, top);
  return await new Promise((done) => canvas.toBlob(done, "image/png"));
}

function item(element: HTMLElement): Item {
  return { swatch: element.querySelector("svg"), text: (element.textContent ?? "").trim() };
}

/** The ground that the frame stands on: the first around it that has a colour. */
function groundOf(element: HTMLElement): string {
  for (let at: HTMLElement | null = element; at; at = at.parentElement) {
    const colour = getComputedStyle(at).backgroundColor;
    if (isSeen(colour)) return colour;
  }
  return "Canvas";
}

const isSeen = (paint: string) => paint !== "none" && paint !== "transparent" && !/^rgba\(.*, 0\)$/.test(paint);
const fontOf = (look: CSSStyleDeclaration) => `${look.fontWeight} ${look.fontSize} ${look.fontFamily}`;

function write(pen: CanvasRenderingContext2D, element: HTMLElement | null, x: number, y: number) {
  if (!element) return;
  const look = getComputedStyle(element);
  pen.fillStyle = look.color;
  pen.font = fontOf(look);
  pen.fillText((element.textContent ?? "").trim(), x, y);
}

/** Draws what can be seen of a drawing, its corner at a place. */
function draw(pen: CanvasRenderingContext2D, svg: SVGSVGElement, x: number, y: number) {
  for (const mark of svg.querySelectorAll<SVGGraphicsElement>("rect, line, path, circle, polyline, text")) {
    if (mark.closest("defs") || !mark.checkVisibility()) continue;
    const at = mark.getCTM();
    if (!at) continue;
    pen.save();
    pen.translate(x, y);
    pen.transform(at.a, at.b, at.c, at.d, at.e, at.f);
    const look = getComputedStyle(mark);
    pen.globalAlpha = Number(look.opacity);
    if (mark instanceof SVGTextElement) drawText(pen, mark);
    else drawShape(pen, mark, look);
    pen.restore();
  }
}

function drawShape(pen: CanvasRenderingContext2D, mark: SVGGraphicsElement, look: CSSStyleDeclaration) {
  const shape = shapeOf(mark);
  if (isSeen(look.fill) && !(mark instanceof SVGLineElement)) {
    pen.fillStyle = paintOf(pen, look.fill);
    pen.fill(shape);
  }
  if (isSeen(look.stroke) && parseFloat(look.strokeWidth) > 0) {
    pen.strokeStyle = paintOf(pen, look.stroke);
    pen.lineWidth = parseFloat(look.strokeWidth);
    pen.setLineDash(look.strokeDasharray === "none" ? [] : look.strokeDasharray.split(/[ ,]+/).map(parseFloat));
    pen.stroke(shape);
  }
}

function shapeOf(mark: SVGGraphicsElement): Path2D {
  const number = (name: string) => parseFloat(mark.getAttribute(name) ?? "0");
  const shape = new Path2D();
  if (mark instanceof SVGRectElement) {
    shape.roundRect(number("x"), number("y"), mark.width.baseVal.value, mark.height.baseVal.value, number("rx"));
  } else if (mark instanceof SVGLineElement) {
    shape.moveTo(number("x1"), number("y1"));
    shape.lineTo(number("x2"), number("y2"));
  } else if (mark instanceof SVGCircleElement) {
    shape.arc(number("cx"), number("cy"), number("r"), 0, 2 * Math.PI);
  } else if (mark instanceof SVGPolylineElement) {
    for (const point of mark.points) shape.lineTo(point.x, point.y);
  } else return new Path2D(mark.getAttribute("d") ?? "");
  return shape;
}

/** A colour, or a pattern of the page drawn as a tile. */
function paintOf(pen: CanvasRenderingContext2D, paint: string): string | CanvasPattern {
  const id = /url\("?#([^")]+)"?\)/.exec(paint)?.[1];
  const pattern = id === undefined ? null : document.querySelector<SVGPatternElement>(`pattern#${CSS.escape(id)}`);
  if (!pattern) return paint;
  const tile = document.createElement("canvas");
  const size = { x: pattern.width.baseVal.value, y: pattern.height.baseVal.value };
  const sharp = 4;
  [tile.width, tile.height] = [size.x * sharp, size.y * sharp];
  const small = tile.getContext("2d");
  if (!small) return "transparent";
  small.scale(sharp, sharp);
  for (const mark of pattern.querySelectorAll<SVGGraphicsElement>("rect, path, circle")) {
    drawShape(small, mark, getComputedStyle(mark));
  }
  const made = pen.createPattern(tile, "repeat");
  if (!made) return "transparent";
  const turned = pattern.patternTransform.baseVal.consolidate()?.matrix;
  const matrix = turned ? new DOMMatrix([turned.a, turned.b, turned.c, turned.d, turned.e, turned.f]) : new DOMMatrix();
  made.setTransform(matrix.scale(1 / sharp));
  return made;
}

/** Each run of letters where the page put it. */
function drawText(pen: CanvasRenderingContext2D, text: SVGTextElement) {
  let index = 0;
  const runs = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  while (runs.nextNode()) {
    const words = runs.currentNode.textContent ?? "";
    const shown = words.trim();
    const holder = runs.currentNode.parentElement;
    if (shown === "" || !holder || index >= text.getNumberOfChars()) continue;
    const look = getComputedStyle(holder);
    const at = text.getStartPositionOfChar(index);
    pen.fillStyle = look.fill;
    pen.font = fontOf(look);
    pen.fillText(shown, at.x, at.y);
    // The page keeps one space between runs.
    index += Math.min(words.trimStart().length, shown.length + 1);
  }
}
