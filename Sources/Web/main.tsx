import { createRoot } from "react-dom/client";
import { App } from "./components/App.tsx";
import "./tokens.css";
import "./page.css";
import "./room-layout.css";
import "./top-bar-parts.css";
import "./side-panel.css";
import "./editor-frame.css";

createRoot(document.getElementById("page")!).render(<App />);
