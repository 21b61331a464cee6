import { describeMutations } from "../../support/png-mutations/runs.ts";

describeMutations("container", 1, 170);
