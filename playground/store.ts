import type { Address } from "./url/address.ts";

/** What the page is about: everything on it follows from this. */
export interface State {
  readonly address: Address;
  /** Which section of the query the controls of layers are about: an index. */
  readonly section: number;
}

export interface Store {
  readonly state: State;
  /** Changes something and tells everybody. */
  change(to: Partial<State>): void;
  /** Tells from now on, and at once how it stands. */
  follow(tell: (state: State) => void): void;
}

export function storeOf(start: State): Store {
  let state = start;
  const followers: ((state: State) => void)[] = [];
  return {
    get state() {
      return state;
    },
    change(to) {
      state = { ...state, ...to };
      for (const tell of followers) tell(state);
    },
    follow(tell) {
      followers.push(tell);
      tell(state);
    },
  };
}
