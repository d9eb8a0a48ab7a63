// What the page meets at run time and no package describes.

/** Where the build put Monaco and its workers. */
declare const monacoPlace: {
  script: string;
  style: string;
  workers: Record<"editor" | "ts" | "json" | "css" | "html", string>;
  /** The script with Vim's keys. */
  vim: string;
};

declare module "*.css" {}
