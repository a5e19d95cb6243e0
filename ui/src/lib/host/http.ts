import { CallFailure, failureFrom, UNREACHABLE, type Host } from "./host";

/** Calls through the local web host: the same screens in an ordinary browser, guarded by the token of the address. */
export class HttpHost implements Host {
  readonly downloads = true;
  readonly #token: string;

  constructor(token: string) {
    this.#token = token;
  }

  async call(name: string, request: unknown): Promise<unknown> {
    let answer: Response;
    try {
      answer = await fetch(`/call/${name}`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Passerelle-Token": this.#token },
        body: JSON.stringify(request),
      });
    } catch {
      throw new CallFailure(UNREACHABLE);
    }
    const body = await answer.text();
    if (!answer.ok) throw failureFrom(body);
    return body === "" ? null : JSON.parse(body);
  }

  listen(heard: (event: unknown) => void, link: (up: boolean) => void): () => void {
    const source = new EventSource(`/events?token=${encodeURIComponent(this.#token)}`);
    source.onopen = () => link(true);
    source.onerror = () => link(false);
    source.onmessage = (message: MessageEvent<string>) => heard(JSON.parse(message.data));
    return () => source.close();
  }

  async thirdParty(): Promise<string | null> {
    const answer = await fetch("/third-party.txt");
    return answer.ok ? await answer.text() : null;
  }

  open(address: string): void {
    window.open(address, "_blank", "noopener,noreferrer");
  }
}
