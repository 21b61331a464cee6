import { describeMutations } from "../../support/png-mutations/runs.ts";

describeMutations("container", 0, 170);
