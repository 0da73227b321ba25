// What looks into files, for the door's pages: fetched only once somebody chooses one.

export { look } from "./look/look.js";
