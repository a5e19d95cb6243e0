/** A place in the window. Every object has a stable address, so a notification or an error can open exactly it. */
export type Place =
  | { screen: "home" }
  | { screen: "settlements"; view: string }
  | { screen: "money" }
  | { screen: "settlement"; id: string; tab: string | null; category: string | null }
  | { screen: "checks"; tab: string; check: string }
  | { screen: "orders"; view: string; search: string; order: string | null }
  | { screen: "flows" }
  | { screen: "flow"; id: string; tab: string; scope: string; field: string | null; cause: string | null }
  | { screen: "runs" }
  | { screen: "run"; id: string }
  | { screen: "errors"; tab: string; cause: string | null }
  | { screen: "schedules" }
  | { screen: "mappings"; form: string | null; scope: string; field: string | null }
  | { screen: "settings" }
  | { screen: "help"; search: string };

export type Screen = Place["screen"];

/** The address of a place, to be used as a link. */
export function address(place: Place): string {
  const query = new URLSearchParams();
  const put = (name: string, value: string | null, usual = "") => {
    if (value !== null && value !== usual) query.set(name, value);
  };
  const path = pathOf(place);
  if (place.screen === "settlements") put("view", place.view, "all");
  if (place.screen === "settlement") {
    put("tab", place.tab);
    put("category", place.category);
  }
  if (place.screen === "orders") {
    put("view", place.view, "all");
    put("search", place.search);
    put("order", place.order);
  }
  if (place.screen === "flow") {
    put("tab", place.tab, "overview");
    put("scope", place.scope);
    put("field", place.field);
    put("cause", place.cause);
  }
  if (place.screen === "checks") {
    put("tab", place.tab, "open");
    put("check", place.check);
  }
  if (place.screen === "errors") {
    put("tab", place.tab, "needs_you");
    put("cause", place.cause);
  }
  if (place.screen === "help") put("search", place.search);
  if (place.screen === "mappings") {
    put("form", place.form);
    put("scope", place.scope);
    put("field", place.field);
  }
  const text = query.toString();
  return `#${path}${text === "" ? "" : `?${text}`}`;
}

function pathOf(place: Place): string {
  switch (place.screen) {
    case "home":
      return "/";
    case "settlement":
      return `/settlements/${encodeURIComponent(place.id)}`;
    case "flow":
      return `/flows/${encodeURIComponent(place.id)}`;
    case "run":
      return `/runs/${encodeURIComponent(place.id)}`;
    default:
      return `/${place.screen}`;
  }
}

/** The page of a flow, at one of its tabs. */
export function flowPlace(id: string, tab = "overview"): Extract<Place, { screen: "flow" }> {
  return { screen: "flow", id, tab, scope: "", field: null, cause: null };
}

/** The address of a route as the core writes it in to-do cards and notices: `settlements/18204117642`. */
export function routeAddress(route: string): string {
  return `#/${route.replace(/^[#/]+/, "")}`;
}

/** The place of an address; an address that nobody knows is Home. */
export function place(hash: string): Place {
  const [path = "", text = ""] = hash.replace(/^#/, "").split("?", 2);
  const query = new URLSearchParams(text);
  const [head = "", id] = path.split("/").filter(Boolean).map(decodeURIComponent);
  if (head === "settlements" && id) {
    return { screen: "settlement", id, tab: query.get("tab"), category: query.get("category") };
  }
  if (head === "settlements") return { screen: "settlements", view: query.get("view") ?? "all" };
  if (head === "money") return { screen: "money" };
  if (head === "orders") {
    return {
      screen: "orders",
      view: query.get("view") ?? "all",
      search: query.get("search") ?? "",
      order: id ?? query.get("order"),
    };
  }
  if (head === "flows" && id) {
    const [tab, scope] = [query.get("tab") ?? "overview", query.get("scope") ?? ""];
    return { screen: "flow", id, tab, scope, field: query.get("field"), cause: query.get("cause") };
  }
  if (head === "flows") return { screen: "flows" };
  if (head === "runs") return id ? { screen: "run", id } : { screen: "runs" };
  if (head === "errors") {
    return { screen: "errors", tab: query.get("tab") ?? "needs_you", cause: id ?? query.get("cause") };
  }
  if (head === "checks") {
    return { screen: "checks", tab: query.get("tab") ?? "open", check: query.get("check") ?? "" };
  }
  if (head === "schedules") return { screen: "schedules" };
  if (head === "mappings") {
    const [form, scope, field] = [query.get("form"), query.get("scope") ?? "", query.get("field")];
    return { screen: "mappings", form, scope, field };
  }
  if (head === "settings") return { screen: "settings" };
  if (head === "help") return { screen: "help", search: query.get("search") ?? "" };
  return { screen: "home" };
}

class Router {
  current = $state<Place>(place(location.hash));

  /** Follows the address from now on: links, back and forward, and what the desktop shell opens. */
  start(): void {
    // A link that is followed tells of it twice; whoever shows the place would ask the core twice.
    const follow = () => {
      if (address(this.current) !== location.hash) this.current = place(location.hash);
    };
    addEventListener("popstate", follow);
    addEventListener("hashchange", follow);
  }

  /** Goes to a place and remembers where we came from. */
  go(to: Place): void {
    if (address(to) === location.hash) return;
    history.pushState(null, "", address(to));
    this.current = to;
  }

  /** Changes what is shown of the same place (a tab, a search) without a new step for the Back key. */
  replace(to: Place): void {
    history.replaceState(null, "", address(to));
    this.current = to;
  }
}

export const router = new Router();
