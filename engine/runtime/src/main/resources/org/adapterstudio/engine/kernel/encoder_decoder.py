  # Encoder-decoders: T5's relative positions, Whisper's front end.

  # Buckets of relative positions (arXiv:1910.10683), exact up to a distance, then logarithmic:
  # of = [S, past, T, buckets, 1 where later positions have buckets of their own], span = log(furthest / exact).
  def relative_buckets(self: __torch__.Ops, of: Tensor, span: Tensor) -> Tensor:
    s = int(torch.select(of, 0, 0))
    past = int(torch.select(of, 0, 1))
    t = int(torch.select(of, 0, 2))
    buckets = int(torch.select(of, 0, 3))
    queries = torch.add(torch.unsqueeze(torch.arange(s, dtype=4), 1), past)
    distance = torch.sub(torch.unsqueeze(torch.arange(t, dtype=4), 0), queries)
    if torch.eq(int(torch.select(of, 0, 4)), 1):
      count = torch.floordiv(buckets, 2)
      first = torch.mul(torch.to(torch.gt(distance, 0), 4), count)
      away = torch.abs(distance)
    else:
      count = buckets
      first = torch.zeros_like(distance)
      away = torch.neg(torch.clamp(distance, None, 0))
    exact = torch.floordiv(count, 2)
    far = torch.div(torch.log(torch.div(torch.to(away, 6), exact)), float(span))
    far = torch.add(torch.to(torch.mul(far, torch.sub(count, exact)), 4), exact)
    far = torch.clamp(far, None, torch.sub(count, 1))
    return torch.add(first, torch.where(torch.lt(away, exact), away, far))

  # index [S, T] into w [buckets, H] -> [1, H, S, T]
  def relative_bias(self: __torch__.Ops, index: Tensor, w: Tensor) -> Tensor:
    return torch.unsqueeze(torch.contiguous(torch.permute(torch.embedding(w, index), [2, 0, 1])), 0)

  # x [B, in, T], w [out, in, 3] -> [B, out, T / stride]
  def conv_gelu(self: __torch__.Ops, x: Tensor, w: Tensor, b: Tensor, stride: Tensor) -> Tensor:
    return torch.gelu(torch.conv1d(x, w, b, [int(stride)], [1]))

  # [B, D, T] -> [B, T, D] plus positions [T, D]
  def frames(self: __torch__.Ops, x: Tensor, positions: Tensor) -> Tensor:
    return torch.add(torch.transpose(x, 1, 2), positions)
