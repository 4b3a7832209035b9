  # Decoder pieces. Shapes: B batch, S new positions, T all positions, D hidden, H heads, E head size.

  def linear(self: __torch__.Ops, x: Tensor, w: Tensor) -> Tensor:
    return torch.linear(x, w)

  def linear_bias(self: __torch__.Ops, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return torch.linear(x, w, b)

  def embed(self: __torch__.Ops, ids: Tensor, w: Tensor) -> Tensor:
    return torch.embedding(w, ids)

  # Root mean square norm, computed in float32 whatever x is stored in.
  def rms_norm(self: __torch__.Ops, x: Tensor, w: Tensor, eps: Tensor) -> Tensor:
    h = torch.to(x, 6)
    scale = torch.rsqrt(torch.add(torch.mean(torch.mul(h, h), [-1], True), eps))
    return torch.mul(w, torch.to(torch.mul(h, scale), x.dtype))

  # [B, S, H*E] -> [B, H, S, E]
  def heads(self: __torch__.Ops, x: Tensor, e: Tensor) -> Tensor:
    return torch.transpose(torch.reshape(x, [torch.size(x, 0), torch.size(x, 1), -1, int(e)]), 1, 2)

  # Rotates pairs (i, i + E/2) by the angles of each position: cos and sin are [B or 1, 1, S, E].
  def rotate(self: __torch__.Ops, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    half = torch.floordiv(torch.size(x, -1), 2)
    first = torch.slice(x, -1, 0, half)
    second = torch.slice(x, -1, half)
    turned = torch.cat([torch.neg(second), first], -1)
    return torch.add(torch.mul(x, cos), torch.mul(turned, sin))

  # Keys or values [B, G, T, E] repeated for the H heads of q that share them.
  def spread(self: __torch__.Ops, k: Tensor, q: Tensor) -> Tensor:
    groups = torch.floordiv(torch.size(q, 1), torch.size(k, 1))
    if torch.gt(groups, 1):
      r = torch.repeat_interleave(k, groups, 1)
    else:
      r = k
    return r

  # Grouped-query attention: q [B, H, S, E]; k, v [B, G, T, E] with H a multiple of G.
  def attend_causal(self: __torch__.Ops, q: Tensor, k: Tensor, v: Tensor, scale: Tensor) -> Tensor:
    o = torch.scaled_dot_product_attention(q, (self).spread(k, q, ), (self).spread(v, q, ), None, 0., True, scale=float(scale))
    return torch.flatten(torch.transpose(o, 1, 2), 2)

  # The same with an additive mask [B or 1, 1, S, T].
  def attend_masked(self: __torch__.Ops, q: Tensor, k: Tensor, v: Tensor, mask: Tensor, scale: Tensor) -> Tensor:
    o = torch.scaled_dot_product_attention(q, (self).spread(k, q, ), (self).spread(v, q, ), torch.to(mask, q.dtype), 0., False, scale=float(scale))
    return torch.flatten(torch.transpose(o, 1, 2), 2)

  def add(self: __torch__.Ops, a: Tensor, b: Tensor) -> Tensor:
    return torch.add(a, b)

  def cat_positions(self: __torch__.Ops, a: Tensor, b: Tensor) -> Tensor:
    return torch.cat([a, b], 2)

  # Rows of h [B, S, D] flattened and picked: index is [N] into B*S.
  def pick_rows(self: __torch__.Ops, h: Tensor, index: Tensor) -> Tensor:
    return torch.index_select(torch.flatten(h, 0, 1), 0, index)

  # Rows of the first dimension: where = [begin, end].
  def some_rows(self: __torch__.Ops, x: Tensor, where: Tensor) -> Tensor:
    return torch.slice(x, 0, int(torch.select(where, 0, 0)), int(torch.select(where, 0, 1)))

  # Sum (not mean) of the cross-entropy in float32: logits [N, V], labels [N].
  def cross_entropy_sum(self: __torch__.Ops, logits: Tensor, labels: Tensor) -> Tensor:
    return torch.cross_entropy_loss(torch.to(logits, 6), labels, None, 2)

  def to_float32(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.to(x, 6)

  def to_bfloat16(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.to(x, 15)

  def to_float16(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.to(x, 5)

  def copy(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.clone(x)

  # One stored tensor out of a mapped file: where = [begin, end] in elements, shape [n].
  def map_slice(self: __torch__.Ops, flat: Tensor, where: Tensor, shape: Tensor) -> Tensor:
    sizes = annotate(List[int], [])
    for i in range(torch.size(shape, 0)):
      _0 = torch.append(sizes, int(torch.select(shape, 0, i)))
    part = torch.slice(flat, 0, int(torch.select(where, 0, 0)), int(torch.select(where, 0, 1)))
    return torch.view(part, sizes)


  # Every query sees every key: one new token against the cache.
  def attend_all(self: __torch__.Ops, q: Tensor, k: Tensor, v: Tensor, scale: Tensor) -> Tensor:
    o = torch.scaled_dot_product_attention(q, (self).spread(k, q, ), (self).spread(v, q, ), None, 0., False, scale=float(scale))
    return torch.flatten(torch.transpose(o, 1, 2), 2)

  def scale(self: __torch__.Ops, x: Tensor, s: Tensor) -> Tensor:
    return torch.mul(x, s)

  # Writes new values into an array in place.
  def assign(self: __torch__.Ops, target: Tensor, values: Tensor) -> Tensor:
    return torch.copy_(target, values)

  # Index of the largest entry of each row.
  def largest(self: __torch__.Ops, logits: Tensor) -> Tensor:
    return torch.argmax(logits, -1)

  def mul(self: __torch__.Ops, a: Tensor, b: Tensor) -> Tensor:
    return torch.mul(a, b)

  # Weights kept as [in, out] (GPT-2's Conv1D).
  def linear_transposed(self: __torch__.Ops, x: Tensor, w: Tensor) -> Tensor:
    return torch.matmul(x, w)

  def linear_transposed_bias(self: __torch__.Ops, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return torch.add(torch.matmul(x, w), b)

  # Gemma's norm: the product with 1 + w stays in float32.
  def rms_norm_plus_one(self: __torch__.Ops, x: Tensor, w: Tensor, eps: Tensor) -> Tensor:
    h = torch.to(x, 6)
    scale = torch.rsqrt(torch.add(torch.mean(torch.mul(h, h), [-1], True), eps))
    return torch.to(torch.mul(torch.mul(h, scale), torch.add(torch.to(w, 6), 1)), x.dtype)

  def layer_norm(self: __torch__.Ops, x: Tensor, w: Tensor, b: Tensor, eps: Tensor) -> Tensor:
    return torch.layer_norm(x, [torch.size(x, -1)], w, b, float(eps))

  # Part of the last dimension: where = [begin, end].
  def columns(self: __torch__.Ops, x: Tensor, where: Tensor) -> Tensor:
    return torch.slice(x, -1, int(torch.select(where, 0, 0)), int(torch.select(where, 0, 1)))

  # [B, S, H*3*E] -> [B, S, H*E]: which = [H, 0 query or 1 key or 2 value].
  def third_of_heads(self: __torch__.Ops, x: Tensor, which: Tensor) -> Tensor:
    split = torch.view(x, [torch.size(x, 0), torch.size(x, 1), int(torch.select(which, 0, 0)), 3, -1])
    return torch.flatten(torch.select(split, 3, int(torch.select(which, 0, 1))), 2)

  # Rotates only the first numbers of each head, as many as there are angles.
  def rotate_first(self: __torch__.Ops, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    n = torch.size(cos, -1)
    turned = (self).rotate(torch.slice(x, -1, 0, n), cos, sin, )
    return torch.cat([turned, torch.slice(x, -1, n)], -1)

  # Attention with scores bounded by c tanh(s / c) (Gemma 2, arXiv:2408.00118), masked after.
  def attend_capped(self: __torch__.Ops, q: Tensor, k: Tensor, v: Tensor, mask: Tensor, scale: Tensor, cap: Tensor) -> Tensor:
    s = torch.mul(torch.matmul(q, torch.transpose((self).spread(k, q, ), 2, 3)), scale)
    s = torch.mul(torch.tanh(torch.div(s, cap)), cap)
    p = torch.to(torch.softmax(torch.add(torch.to(s, 6), mask), -1), q.dtype)
    o = torch.matmul(p, (self).spread(v, q, ))
    return torch.flatten(torch.transpose(o, 1, 2), 2)

  # c tanh(x / c)
  def soft_cap(self: __torch__.Ops, x: Tensor, cap: Tensor) -> Tensor:
    return torch.mul(torch.tanh(torch.div(x, cap)), cap)

  def silu(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.silu(x)

  def gelu(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.gelu(x)

  def gelu_tanh(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.gelu(x, approximate="tanh")

  def quick_gelu(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.mul(x, torch.sigmoid(torch.mul(x, 1.702)))

  def relu(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.relu(x)

  def tanh(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.tanh(x)

  def transpose(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.contiguous(torch.t(x))
