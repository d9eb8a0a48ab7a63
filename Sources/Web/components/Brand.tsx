import { texts } from "../texts.ts";

export function Brand() {
  return (
    <span className="brand">
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <rect className="brand-ground" width="32" height="32" rx="8" />
        <path className="brand-stroke" d="M7.5 8.5 13.5 23.5M19.5 8.5v15" />
        <path className="brand-echo" d="M24.5 8.5v15" />
      </svg>
      {texts.product}
    </span>
  );
}
