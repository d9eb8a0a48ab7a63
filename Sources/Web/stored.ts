/** Where something is kept in this browser; where storage is forbidden, asking for it already fails. */
export type StoragePlace = () => Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** For all tabs, until somebody clears it. */
export const inBrowser: StoragePlace = () => localStorage;
/** For one tab, across its reloads. */
export const inTab: StoragePlace = () => sessionStorage;

/** What is there may be anything: whoever reads checks what matters. */
export function read<Value>(place: StoragePlace, key: string): Value | undefined {
  try {
    return JSON.parse(place().getItem(key) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

export function write(place: StoragePlace, key: string, value: unknown) {
  try {
    place().setItem(key, JSON.stringify(value));
  } catch {
    // Full or forbidden: the page works on, it only forgets on reload. What stood there before is no longer so.
    erase(place, key);
  }
}

export function erase(place: StoragePlace, key: string) {
  try {
    place().removeItem(key);
  } catch {
    // Where storage is forbidden, nothing is kept.
  }
}
