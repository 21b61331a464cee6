/** A key a symbol that is used: frequency << 9 | symbol, the rarest first. */
const KEYS: usize = memory.data(4 * 288, 16);
/** Weights, then places of parents, then depths, of inner nodes and leaves. */
const NODES: usize = memory.data(4 * 288, 16);
/** By length: how many codes have it. */
const COUNTS: usize = memory.data(4 * 33, 16);
const LONGEST: u32 = 32;

/**
 * Writes the lengths of a Huffman code, at most `most` bits each, that has at least two codes: zlib has no fewer, and
 * there were readers who could not do with one.
 *
 * The code is the best one without the limit. Where that cuts, codes are made equal to the limit and shorter ones longer
 * until all fit, which is some hundredths of a percent from the best.
 *
 * @param frequencies words, together below 2 ^ 23
 * @param symbols     at most 288
 * @param lengths     bytes, 0 for what is not used
 */
export function makeLengths(frequencies: usize, symbols: u32, most: u32, lengths: usize): void {
  memory.fill(lengths, 0, symbols);
  const used = sortKeys(frequencies, symbols);
  findDepths(used);
  limitDepths(most);
  let key = KEYS;
  for (let length = most; length > 0; length--) {
    for (let count = load<u32>(COUNTS + ((<usize>length) << 2)); count > 0; count--) {
      store<u8>(lengths + <usize>(load<u32>(key) & 511), <u8>length);
      key += 4;
    }
  }
}

/** @returns how many symbols are used, at least two */
function sortKeys(frequencies: usize, symbols: u32): u32 {
  let used: u32 = 0;
  for (let symbol: u32 = 0; symbol < symbols; symbol++) {
    const frequency = load<u32>(frequencies + ((<usize>symbol) << 2));
    if (frequency > 0) putWord(KEYS, used++, (frequency << 9) | symbol);
  }
  for (let symbol: u32 = 0; used < 2; symbol++) {
    if (load<u32>(frequencies + ((<usize>symbol) << 2)) === 0) putWord(KEYS, used++, (1 << 9) | symbol);
  }
  // Gaps by Ciura: a sort of a few hundred keys is a hundredth of the work on a block.
  sortByGap(used, 132);
  sortByGap(used, 57);
  sortByGap(used, 23);
  sortByGap(used, 10);
  sortByGap(used, 4);
  sortByGap(used, 1);
  return used;
}

function sortByGap(count: u32, gap: u32): void {
  for (let index = gap; index < count; index++) {
    const key = word(KEYS, index);
    let place = index;
    while (place >= gap && word(KEYS, place - gap) > key) {
      putWord(KEYS, place, word(KEYS, place - gap));
      place -= gap;
    }
    putWord(KEYS, place, key);
  }
}

/**
 * Makes the tree in place and counts its leaves by depth, those deeper than 32 as 32. Source: Moffat and Katajainen,
 * "In-place calculation of minimum-redundancy codes", 1995.
 */
function findDepths(used: u32): void {
  for (let index: u32 = 0; index < used; index++) putWord(NODES, index, word(KEYS, index) >> 9);
  // Inner nodes take the places of leaves that are in the tree: first their weights, then the places of their parents.
  let leaf: u32 = 0,
    root: u32 = 0;
  for (let inner: u32 = 0; inner < used - 1; inner++) {
    let weight: u32 = 0;
    for (let child = 0; child < 2; child++) {
      if (leaf >= used || (root < inner && word(NODES, root) < word(NODES, leaf))) {
        weight += word(NODES, root);
        putWord(NODES, root++, inner);
      } else weight += word(NODES, leaf++);
    }
    putWord(NODES, inner, weight);
  }
  putWord(NODES, used - 2, 0);
  for (let inner = <i32>used - 3; inner >= 0; inner--) putWord(NODES, inner, word(NODES, word(NODES, inner)) + 1);

  memory.fill(COUNTS, 0, 4 * 33);
  let available: u32 = 1,
    inner = <i32>used - 2;
  for (let depth: u32 = 0; available > 0; depth++) {
    let parents: u32 = 0;
    while (inner >= 0 && word(NODES, inner) === depth) {
      parents++;
      inner--;
    }
    const at = min(depth, LONGEST);
    putWord(COUNTS, at, word(COUNTS, at) + available - parents);
    available = parents << 1;
  }
}

/** Brings the counts of codes by length to where all are at most `most` bits long and fill the code. */
function limitDepths(most: u32): void {
  let longest: u32 = 0,
    filled: u32 = 0;
  for (let length = most; length <= LONGEST; length++) longest += word(COUNTS, length);
  putWord(COUNTS, most, longest);
  for (let length: u32 = 1; length <= most; length++) filled += word(COUNTS, length) << (most - length);
  // One of the longest goes beside one that is made a bit longer: together they fill one place less.
  for (; filled > (<u32>1) << most; filled--) {
    let length = most - 1;
    while (word(COUNTS, length) === 0) length--;
    putWord(COUNTS, most, word(COUNTS, most) - 1);
    putWord(COUNTS, length, word(COUNTS, length) - 1);
    putWord(COUNTS, length + 1, word(COUNTS, length + 1) + 2);
  }
}

function word(table: usize, index: u32): u32 {
  return load<u32>(table + ((<usize>index) << 2));
}

function putWord(table: usize, index: u32, value: u32): void {
  store<u32>(table + ((<usize>index) << 2), value);
}
