import { codeBits, codeLength, codeOf, END_OF_BLOCK, sizeOf, valueBits, ZERO_RUN } from "./codes";
import { BitSink, CodedComponent } from "./records";
import { ZIGZAG } from "./zigzag";

/**
 * Codes a block of a sequential scan, straight into words. Source: ITU-T T.81, F.1.2.
 *
 * Words are written whether they are full or not: a branch on the length of a code could not be foretold.
 *
 * @param block   64 coefficients in natural order
 * @param present which of them are not zero, in zigzag order
 */
export function codeBlock(sink: BitSink, component: CodedComponent, block: usize, present: u64): void {
  let bits = sink.bits,
    count = sink.count,
    word = sink.word;

  const dc = <i32>load<i16>(block);
  const difference = dc - component.predictor;
  component.predictor = dc;
  let sign = difference >> 31;
  let size = sizeOf(difference, sign);
  let code = codeOf(component.dc, size);
  let length = codeLength(code);
  bits = (bits << (<u64>length)) | <u64>(codeBits(code) | valueBits(difference, sign, size));
  count += length;
  store<u32>(word, <u32>(bits >> <u64>(count - 32)));
  word += <usize>((count >> 5) << 2);
  count &= 31;

  const codes = component.ac;
  let left = present >> 1;
  const ends = left >> 62 === 0;
  let place = ZIGZAG;
  while (left !== 0) {
    let run = <u32>ctz(left);
    left >>= <u64>run;
    left >>= 1;
    place += <usize>run + 1;
    while (run > 15) {
      code = codeOf(codes, ZERO_RUN);
      length = codeLength(code);
      bits = (bits << (<u64>length)) | <u64>codeBits(code);
      count += length;
      store<u32>(word, <u32>(bits >> <u64>(count - 32)));
      word += <usize>((count >> 5) << 2);
      count &= 31;
      run -= 16;
    }
    const value = <i32>load<i16>(block + ((<usize>load<u8>(place)) << 1));
    sign = value >> 31;
    size = sizeOf(value, sign);
    code = codeOf(codes, (run << 4) + size);
    length = codeLength(code);
    bits = (bits << (<u64>length)) | <u64>(codeBits(code) | valueBits(value, sign, size));
    count += length;
    store<u32>(word, <u32>(bits >> <u64>(count - 32)));
    word += <usize>((count >> 5) << 2);
    count &= 31;
  }
  if (ends) {
    code = codeOf(codes, END_OF_BLOCK);
    length = codeLength(code);
    bits = (bits << (<u64>length)) | <u64>codeBits(code);
    count += length;
    store<u32>(word, <u32>(bits >> <u64>(count - 32)));
    word += <usize>((count >> 5) << 2);
    count &= 31;
  }
  sink.bits = bits;
  sink.count = count;
  sink.word = word;
}
