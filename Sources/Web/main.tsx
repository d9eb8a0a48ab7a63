import { createRoot } from "react-dom/client";
import { App } from "./components/App.tsx";
import "./tokens.css";
import "./page.css";

createRoot(document.getElementById("page")!).render(<App />);
