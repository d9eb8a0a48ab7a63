import assert from "node:assert/strict";
import type { Commit, Proposal, RejectionCode } from "../../Sources/Web/messages.ts";
import { PendingEdits } from "../../Sources/Web/pending-edits.ts";
import { TextOperation } from "../../Sources/Web/text-operation.ts";
import { type Random, withSeeds } from "./support.ts";

const start = "one 😀 two\n";

/** A naive owner: it orders what arrives, and knows each number it has committed. */
class Owner {
  document = start;
  log: Commit[] = [];
  private readonly known = new Map<string, number>();

  take(by: string, proposal: Proposal) {
    if (proposal.number <= (this.known.get(by) ?? 0)) return;
    this.known.set(by, proposal.number);
    const commit: Commit = { revision: this.log.length + 1, at: 0, by, number: proposal.number };
    if (proposal.event === "edit") {
      const operation = this.log.slice(proposal.revision).reduce(
        (edit, { edit: over }) =>
          over ? TextOperation.transform(edit, TextOperation.decode(over))[0] : edit,
        TextOperation.decode(proposal.operation),
      );
      this.document = operation.apply(this.document);
      commit.edit = operation.steps;
    } else if (proposal.event === "language") commit.language = proposal.language;
    this.log.push(commit);
  }
}

/** A browser without a screen: what an editor would show stands in `shown`. */
class Browser {
  pending: PendingEdits;
  shown = start;
  outbox: Proposal[] = [];

  constructor(readonly id: string) {
    this.pending = new PendingEdits(id, 0, start);
  }

  send(proposal: Proposal | undefined) {
    if (proposal) this.outbox.push(proposal);
  }

  type(random: Random) {
    const edit = random.edit(this.shown);
    this.shown = edit.apply(this.shown);
    this.send(this.pending.proposeEdit(edit));
  }

  receive(commit: Commit | undefined) {
    if (!commit) return;
    const received = this.pending.received(commit);
    if (received.kind === "acknowledged") this.send(received.next);
    else if (received.operation) this.shown = received.operation.apply(this.shown);
  }

  refuse(code: RejectionCode) {
    const proposal = this.outbox.shift();
    if (!proposal) return;
    // A copy that is still under way is refused for the same reason, or may yet be committed.
    if (!isPassing(code)) {
      this.outbox = this.outbox.filter(({ number }) => number !== proposal.number);
    }
    const refused = this.pending.rejected(proposal.number, code);
    if (refused.kind === "again") this.send(refused.proposal);
    if (refused.kind !== "takenBack") return;
    if (refused.undo) this.shown = refused.undo.apply(this.shown);
    this.send(refused.next);
  }

  reload() {
    this.pending = PendingEdits.restoring(JSON.parse(JSON.stringify(this.pending.state)));
    this.outbox = [];
  }
}

function isPassing(code: RejectionCode): boolean {
  return code === "too_old" || code === "rate_limited";
}

function step(random: Random, owner: Owner, browser: Browser) {
  const chance = random.below(100);
  if (chance < 35) browser.type(random);
  else if (chance < 38) browser.send(browser.pending.propose({ language: "swift" }));
  else if (chance < 60) {
    const proposal = browser.outbox.shift();
    if (proposal) owner.take(browser.id, proposal);
  } else if (chance < 88) browser.receive(owner.log[browser.pending.revision]);
  else if (chance < 91) browser.outbox.shift();
  else if (chance < 95) browser.send(browser.pending.sendAgain());
  else if (chance < 97) browser.reload();
  // Only what the owner has not committed is ever refused.
  else if (!owner.log.some(({ by, number }) => by === browser.id && number === head(browser))) {
    browser.refuse(random.pick(["locked", "too_old", "rate_limited", "too_large"]));
  }
}

function head(browser: Browser): number | undefined {
  return browser.outbox[0]?.number;
}

function settle(owner: Owner, browsers: Browser[]) {
  const isSettled = (browser: Browser) =>
    !browser.pending.isInFlight && browser.pending.revision === owner.log.length;
  while (!browsers.every(isSettled)) {
    for (const browser of browsers) {
      browser.send(browser.pending.sendAgain());
      for (const proposal of browser.outbox.splice(0)) owner.take(browser.id, proposal);
      while (browser.pending.revision < owner.log.length) {
        browser.receive(owner.log[browser.pending.revision]);
      }
    }
  }
}

for (const count of [2, 3]) {
  Deno.test(`${count} browsers and their owner end with one document, whatever gets lost`, () => {
    withSeeds(250, (random) => {
      const owner = new Owner();
      const browsers = Array.from({ length: count }, (_, index) => new Browser(`p${index}`));
      for (let turn = 0; turn < 80; turn++) {
        const browser = random.pick(browsers);
        step(random, owner, browser);
        assert.equal(browser.pending.text, browser.shown, "the editor shows what is pending");
      }
      settle(owner, browsers);
      for (const { shown } of browsers) assert.equal(shown, owner.document);
      const numbers = owner.log.map(({ by, number }) => `${by} ${number}`);
      assert.equal(new Set(numbers).size, numbers.length, "nothing is committed twice");
    });
  });
}
