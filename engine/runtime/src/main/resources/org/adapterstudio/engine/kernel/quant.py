  # Codes of frozen weights. A weight is taken flat, row-major, in blocks of consecutive numbers; the
  # last block may be short. Long weights are worked on in parts, so that little is held beside them.

  # Blocks that are worked on at a time.
  def blocks_a_part(self: __torch__.Ops, n: int) -> int:
    return torch.add(torch.floordiv(524288, n), 1)

  # Largest magnitude of each block, in float32: size = [numbers a block].
  def block_absmax(self: __torch__.Ops, w: Tensor, size: Tensor) -> Tensor:
    flat = torch.flatten(w)
    n = int(size)
    whole = torch.mul(torch.floordiv(torch.numel(flat), n), n)
    body = torch.slice(flat, 0, 0, whole)
    parts = annotate(List[Tensor], [])
    step = torch.mul(n, (self).blocks_a_part(n, ))
    for i in range(torch.floordiv(torch.sub(torch.add(whole, step), 1), step)):
      part = torch.to(torch.slice(body, 0, torch.mul(i, step), torch.mul(torch.add(i, 1), step)), 6)
      _0 = torch.append(parts, torch.amax(torch.abs(torch.view(part, [-1, n])), [-1]))
    if torch.lt(whole, torch.numel(flat)):
      rest = torch.to(torch.slice(flat, 0, whole), 6)
      _1 = torch.append(parts, torch.amax(torch.abs(rest), [0], True))
    return torch.cat(parts)

  # Numbers times a factor of their block; the part starts where a block starts.
  def block_scaled(self: __torch__.Ops, part: Tensor, factors: Tensor, n: int) -> Tensor:
    each = torch.repeat_interleave(factors, n)
    return torch.mul_(torch.slice(each, 0, 0, torch.numel(part)), torch.to(part, 6))

  # One byte a number: how many thresholds lie below number / absmax.
  def table_codes(self: __torch__.Ops, w: Tensor, absmax: Tensor, thresholds: Tensor, size: Tensor) -> Tensor:
    flat = torch.flatten(w)
    n = int(size)
    count = (self).blocks_a_part(n, )
    step = torch.mul(n, count)
    inverse = torch.reciprocal(torch.clamp(absmax, 1e-38))
    parts = annotate(List[Tensor], [])
    for i in range(torch.floordiv(torch.sub(torch.add(torch.numel(flat), step), 1), step)):
      part = torch.slice(flat, 0, torch.mul(i, step), torch.mul(torch.add(i, 1), step))
      scale = torch.slice(inverse, 0, torch.mul(i, count), torch.mul(torch.add(i, 1), count))
      codes = torch.bucketize((self).block_scaled(part, scale, n, ), thresholds, out_int32=True)
      _0 = torch.append(parts, torch.to(codes, 0))
    return torch.cat(parts)

  # Two 4-bit codes a byte, the earlier in the high half; an odd end is filled with the code of zero.
  def pack_halves(self: __torch__.Ops, codes: Tensor, zero: Tensor) -> Tensor:
    if torch.eq(torch.remainder(torch.numel(codes), 2), 1):
      even = torch.constant_pad_nd(codes, [0, 1], int(zero))
    else:
      even = codes
    pairs = torch.view(even, [-1, 2])
    return torch.bitwise_or(torch.mul(torch.select(pairs, 1, 0), 16), torch.select(pairs, 1, 1))

  def sizes(self: __torch__.Ops, shape: Tensor) -> List[int]:
    sizes = annotate(List[int], [])
    for i in range(torch.size(shape, 0)):
      _0 = torch.append(sizes, int(torch.select(shape, 0, i)))
    return sizes

  # Numbers of codes: table [256, k] holds the k numbers of a byte; shape is the weight's.
  def decode_blocks(self: __torch__.Ops, codes: Tensor, absmax: Tensor, table: Tensor, shape: Tensor, size: Tensor) -> Tensor:
    total = int(torch.prod(shape))
    flat = torch.slice(torch.flatten(torch.embedding(table, torch.to(codes, 3))), 0, 0, total)
    n = int(size)
    if torch.eq(torch.remainder(total, n), 0):
      _0 = torch.mul_(torch.view(flat, [-1, n]), torch.unsqueeze(absmax, 1))
    else:
      _1 = torch.mul_(flat, torch.slice(torch.repeat_interleave(absmax, n), 0, 0, total))
    return torch.view(flat, (self).sizes(shape, ))

  # A view with rows and columns changed.
  def turned(self: __torch__.Ops, w: Tensor) -> Tensor:
    return torch.t(w)

  # Scales without their mean, and back.
  def mean(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.mean(x)

  def without_offset(self: __torch__.Ops, x: Tensor, offset: Tensor) -> Tensor:
    return torch.sub(x, offset)

  def with_offset(self: __torch__.Ops, x: Tensor, offset: Tensor) -> Tensor:
    return torch.add_(x, offset)

  # Whole numbers -127 .. 127 of w [out, in], a block being a row.
  def row_codes(self: __torch__.Ops, w: Tensor, absmax: Tensor) -> Tensor:
    factors = torch.div(torch.full_like(absmax, 127.), torch.clamp(absmax, 1e-38))
    n = torch.size(w, 1)
    flat = torch.flatten(w)
    count = (self).blocks_a_part(n, )
    step = torch.mul(n, count)
    parts = annotate(List[Tensor], [])
    for i in range(torch.floordiv(torch.sub(torch.add(torch.numel(flat), step), 1), step)):
      part = torch.slice(flat, 0, torch.mul(i, step), torch.mul(torch.add(i, 1), step))
      scale = torch.slice(factors, 0, torch.mul(i, count), torch.mul(torch.add(i, 1), count))
      _0 = torch.append(parts, torch.to(torch.round_((self).block_scaled(part, scale, n, )), 1))
    return torch.view(torch.cat(parts), [-1, n])

  def decode_rows(self: __torch__.Ops, codes: Tensor, absmax: Tensor) -> Tensor:
    return torch.mul_(torch.to(codes, 6), torch.unsqueeze(torch.mul(absmax, 0.00787401574803149606), 1))
