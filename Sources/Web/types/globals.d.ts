// What the page meets at run time and no package describes.

/** Where the build put Monaco and its workers. */
declare const monacoPlace: {
  script: string;
  style: string;
  workers: Record<"editor" | "ts" | "json" | "css" | "html", string>;
};

declare module "*.css" {}
