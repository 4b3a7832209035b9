  # Kernels with their gradients written out: NAME_gradient takes the output's gradient, then what NAME
  # takes, and returns one gradient for each input that has one.

  # The shape of x without its numbers.
  def let_go(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.set_(x, torch.expand(torch.new_empty(x, [1]), torch.size(x)))

  # The numbers of y as those of x.
  def take(self: __torch__.Ops, x: Tensor, y: Tensor) -> Tensor:
    return torch.set_(x, y)

  # h times w over its root mean square, float32.
  def rms_normed(self: __torch__.Ops, h: Tensor, w: Tensor, eps: Tensor) -> Tensor:
    return torch.mul_(torch.mul(h, (self).rms_scale(h, eps, )), w)

  def rms_scale(self: __torch__.Ops, h: Tensor, eps: Tensor) -> Tensor:
    n = torch.linalg_vector_norm(h, 2, [-1], True)
    return torch.rsqrt_(torch.add_(torch.div_(torch.mul_(n, n), torch.size(h, -1)), eps))

  # With r = rms_scale, q = g w: r q - h r^3 mean(q h)
  def rms_normed_gradient(self: __torch__.Ops, g: Tensor, h: Tensor, w: Tensor, eps: Tensor) -> List[Tensor]:
    r = (self).rms_scale(h, eps, )
    q = torch.mul(g, w)
    m = torch.mul_(torch.mean(torch.mul(q, h), [-1], True), torch.mul(r, r))
    return [torch.mul_(torch.addcmul_(q, h, m, value=-1), r)]

  # x [B, S, H*E] as heads [B, H, S, E], rotated as in rotate; cos and sin [B or 1, 1, S, E].
  def rotated_heads(self: __torch__.Ops, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    e = torch.size(cos, -1)
    return (self).turn(torch.transpose(torch.reshape(x, [torch.size(x, 0), torch.size(x, 1), -1, e]), 1, 2), cos, sin, 1., )

  def turn(self: __torch__.Ops, x: Tensor, cos: Tensor, sin: Tensor, way: float) -> Tensor:
    half = torch.floordiv(torch.size(x, -1), 2)
    o = torch.mul(x, cos)
    _0 = torch.addcmul_(torch.slice(o, -1, 0, half), torch.slice(x, -1, half), torch.slice(sin, -1, 0, half), value=torch.neg(way))
    _1 = torch.addcmul_(torch.slice(o, -1, half), torch.slice(x, -1, 0, half), torch.slice(sin, -1, half), value=way)
    return o

  # A rotation's gradient is the rotation back; cos and sin repeat in both halves.
  def rotated_heads_gradient(self: __torch__.Ops, g: Tensor, x: Tensor, cos: Tensor, sin: Tensor) -> List[Tensor]:
    return [torch.flatten(torch.transpose((self).turn(g, cos, sin, -1., ), 1, 2), 2)]

  def gated_silu(self: __torch__.Ops, gate: Tensor, up: Tensor) -> Tensor:
    return torch.mul(torch.silu(gate), up)

  def gated_silu_gradient(self: __torch__.Ops, g: Tensor, gate: Tensor, up: Tensor) -> List[Tensor]:
    return [torch.silu_backward(torch.mul(g, up), gate), torch.mul_(torch.silu(gate), g)]

  def gated_gelu(self: __torch__.Ops, gate: Tensor, up: Tensor) -> Tensor:
    return torch.mul(torch.gelu(gate), up)

  def gated_gelu_gradient(self: __torch__.Ops, g: Tensor, gate: Tensor, up: Tensor) -> List[Tensor]:
    return [torch.gelu_backward(torch.mul(g, up), gate), torch.mul_(torch.gelu(gate), g)]

  def gated_gelu_tanh(self: __torch__.Ops, gate: Tensor, up: Tensor) -> Tensor:
    return torch.mul(torch.gelu(gate, approximate="tanh"), up)

  def gated_gelu_tanh_gradient(self: __torch__.Ops, g: Tensor, gate: Tensor, up: Tensor) -> List[Tensor]:
    return [torch.gelu_backward(torch.mul(g, up), gate, approximate="tanh"), torch.mul_(torch.gelu(gate, approximate="tanh"), g)]

  # Sum of the cross-entropies of h [N, D] times w' over labels [N], computed for some rows at a time
  # so that the logits [N, V] never exist: [sum, gradient of h for a gradient of 1]. b and cap are
  # empty where the head has no bias and no c tanh(l / c).
  def head_loss(self: __torch__.Ops, w: List[Tensor], h: Tensor, labels: Tensor, cap: Tensor, packed: Tensor) -> List[Tensor]:
    rows = torch.size(h, 0)
    c = float(cap)
    fast = bool(packed)
    vocabulary = torch.size(w[0], 0)
    step = torch.add(128, torch.floordiv(524288, vocabulary))
    sums = annotate(List[Tensor], [])
    d = torch.empty_like(h)
    at = 0
    for i in range(torch.floordiv(torch.sub(torch.add(rows, step), 1), step)):
      end = torch.add(at, step)
      some = torch.slice(h, 0, at, end)
      target = torch.unsqueeze(torch.slice(labels, 0, at, end), 1)
      if fast:
        l = (self).product_packed(some, w[0], None, )
      else:
        l = torch.linear(some, w[0])
      if torch.gt(c, 0.):
        l = torch.mul_(torch.tanh_(torch.div_(l, c)), c)
      p = torch.log_softmax(l, -1)
      _0 = torch.append(sums, torch.neg(torch.sum(torch.gather(p, 1, target))))
      g = torch.scatter_add_(torch.exp_(p), 1, target, torch.full_like(target, -1, dtype=6))
      if torch.gt(c, 0.):
        g = torch.mul_(g, torch.rsub(torch.square_(torch.div_(l, c)), 1))
      if fast:
        back = (self).product_packed(g, w[1], None, )
      else:
        back = torch.mm(g, w[0])
      _1 = torch.copy_(torch.slice(d, 0, at, end), back)
      at = end
    return [torch.sum(torch.stack(sums)), d]
