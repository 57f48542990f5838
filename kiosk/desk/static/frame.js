// What every page behind the login does: log out, hide names when nobody is there.
import { post } from "./act.js";
import { find } from "./dom.js";
import { watch } from "./privacy.js";

find("#logout").addEventListener("click", async () => {
  if (await post("/api/v1/logout", {})) location.assign("/login");
});
watch();
