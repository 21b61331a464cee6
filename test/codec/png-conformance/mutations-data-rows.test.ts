import { describeMutations } from "../../support/png-mutations/runs.ts";

describeMutations("data", 0, 170);
