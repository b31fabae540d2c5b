import assert from "node:assert/strict";
import { test } from "node:test";
import { isWhole } from "../src/whole";

test("a pasted or completed name is complete, a letter is not, and the server judges everything else", () => {
  for (const whole of ["STRIPE_API_KEY", "KEY"]) {
    assert.ok(isWhole(whole), whole);
  }
  for (const other of ["", "S", '""', "KEY = 1", 'os.environ["KEY"]', "KEY\n"]) {
    assert.ok(!isWhole(other), other);
  }
});
