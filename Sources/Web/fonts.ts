/** The editor measures letters once: they have to be the right ones by then, or as good as. */
export async function codeFontReady() {
  await document.fonts.load('14px "JetBrains Mono"').catch(() => []);
}
