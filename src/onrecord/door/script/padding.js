// Give every letter one of a few sizes (seal/letter/padding.py, to the byte).

const RUNGS = [64 * 1024, 256 * 1024, 1024 * 1024];

export function paddedSize(size) {
  const rung = RUNGS.find((each) => size <= each);
  if (rung) return rung;
  const exponent = Math.floor(Math.log2(size));
  const step = 2 ** (exponent - (32 - Math.clz32(exponent)));
  return Math.ceil(size / step) * step;
}
