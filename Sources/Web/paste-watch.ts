/** Tells apart what comes from elsewhere and what is only moved about in the code. */
export class PasteWatch {
  private copiedHere = "";

  constructor(private readonly fromElsewhere: (length: number) => void) {}

  copied(text: string) {
    this.copiedHere = text.trim();
  }

  pasted(text: string) {
    if (text.trim() !== this.copiedHere) this.fromElsewhere(text.length);
  }
}
