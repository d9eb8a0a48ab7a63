import { createRoot } from "react-dom/client";
import { App } from "./components/App.tsx";
import { preferences } from "./preferences.ts";
import { showTheme } from "./theme.ts";
import "./styles/index.css";

// Before anything is drawn, so that nobody sees the page in another theme first.
showTheme(preferences);
addEventListener("storage", () => preferences.reload());
createRoot(document.getElementById("page")!).render(<App />);
