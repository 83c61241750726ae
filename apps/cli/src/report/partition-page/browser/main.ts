import type { PageData } from "../page-data";
import { attachControls } from "./controls";
import { createDisplay } from "./display";
import { readScene } from "./scene";

const data = JSON.parse(document.getElementById("data")!.textContent) as PageData;
const scene = readScene(data);
const display = createDisplay(scene, document.querySelector("canvas")!);
attachControls(scene, display);
