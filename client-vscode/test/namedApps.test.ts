import assert from "node:assert/strict";
import { test } from "node:test";
import { question } from "../src/namedAppsWords";

test("settings never replace a choice without a question", () => {
  assert.deepEqual(question("api", ["shop-api"], ["shop"]), {
    text: "The settings of api name Heroku app shop-api, but shop is chosen for api.",
    use: "Use shop-api",
    keep: "Keep shop",
  });
});

test("apps that settings name need the user's agreement, even if no app is chosen", () => {
  assert.deepEqual(question("api", ["api-staging", "api-prod"], []), {
    text: "The settings of api name Heroku apps api-staging, api-prod. Compare api with them?",
    use: "Use api-staging, api-prod",
    keep: "Not Now",
  });
});
