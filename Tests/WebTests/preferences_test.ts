import assert from "node:assert/strict";
import {
  preferencesAtFirst,
  preferencesFrom,
  PreferenceStore,
} from "../../Sources/Web/preferences.ts";
import { themeFor } from "../../Sources/Web/theme.ts";
import { FakeStorage } from "./fakes.ts";

const key = "viva.preferences";

Deno.test("what was chosen is there in the next visit", () => {
  const storage = new FakeStorage();
  new PreferenceStore(() => storage).change({ theme: "dark" });
  assert.equal(new PreferenceStore(() => storage).value.theme, "dark");
});

Deno.test("whatever else is kept counts as nothing chosen", () => {
  for (const kept of [undefined, null, 7, "dark", [], { theme: "pink" }, { theme: { a: 1 } }]) {
    assert.deepEqual(preferencesFrom(kept), preferencesAtFirst);
  }
});

Deno.test("without storage a choice lasts as long as the page", () => {
  const store = new PreferenceStore(() => {
    throw new DOMException("forbidden", "SecurityError");
  });
  store.change({ theme: "contrast" });
  assert.equal(store.value.theme, "contrast");
});

Deno.test("a choice made in another tab arrives, once", () => {
  const storage = new FakeStorage();
  const here = new PreferenceStore(() => storage);
  let changes = 0;
  here.subscribe(() => changes += 1);
  new PreferenceStore(() => storage).change({ theme: "light" });
  here.reload();
  here.reload();
  assert.deepEqual([here.value.theme, changes], ["light", 1]);
});

Deno.test("a choice of a later version is kept for it", () => {
  const storage = new FakeStorage();
  storage.setItem(key, JSON.stringify({ theme: "dark", sound: "soft" }));
  new PreferenceStore(() => storage).change({ theme: "light" });
  assert.deepEqual(JSON.parse(storage.getItem(key)!), { theme: "light", sound: "soft" });
});

Deno.test("a theme follows what was chosen, and the system where it was asked to", () => {
  const system = (isDark: boolean, wantsContrast: boolean) => ({ isDark, wantsContrast });
  assert.equal(themeFor("system", system(false, false)), "light");
  assert.equal(themeFor("system", system(true, false)), "dark");
  assert.equal(themeFor("system", system(true, true)), "dark-contrast");
  assert.equal(themeFor("light", system(true, false)), "light");
  assert.equal(themeFor("dark", system(false, true)), "dark-contrast");
  assert.equal(themeFor("contrast", system(false, false)), "light-contrast");
  assert.equal(themeFor("contrast", system(true, false)), "dark-contrast");
});
