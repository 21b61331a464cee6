import { describeMutations } from "../../support/png-mutations/runs.ts";

describeMutations("data", 1, 170);
