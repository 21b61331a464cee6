/** Where the camera stands. Metres in the scene: x to the right, y up from the water, z away from the camera. */

export const WIDTH = 4032;
export const HEIGHT = 3024;

/** The row of the horizon and the column that everything parallel to the view runs towards. */
export const HORIZON = 1650;
export const CENTRE = 2130;

/** Pixels for one metre at one metre's distance: a slightly wide lens. */
export const FOCAL = 3600;

/** Height of the camera above the water. */
export const EYE = 2.7;

/** The deck of the jetty that the camera stands on: its sides, its end and its height above the water. */
export const DECK = { left: -1.02, right: 1.5, far: 26, height: 0.95 } as const;

export const SUN = { x: 1330, y: HORIZON - 92, radius: 25 };

/** Column and row of a point in the scene. */
export function project(x: number, y: number, z: number): [column: number, row: number] {
  return [CENTRE + (FOCAL * x) / z, HORIZON + (FOCAL * (EYE - y)) / z];
}

/** The columns that the deck takes in a row, `wider` metres added on each side; none beyond its end. */
export function deckSpan(row: number, wider: number): { from: number; to: number } {
  const scale = (row + 0.5 - HORIZON) / (EYE - DECK.height);
  if (scale * DECK.far < FOCAL) return { from: 0, to: 0 };
  return { from: CENTRE + (DECK.left - wider) * scale, to: CENTRE + (DECK.right + wider) * scale };
}
