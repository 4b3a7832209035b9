  # Products of one input with frozen weights and low-rank updates, their gradients written out:
  # called with gradients off. x [..., in], w [out, in], a [r, in], b [out, r], s [n] scales; t [T, R]
  # is x times all a of the input, R the sum of their ranks, T the rows of x flattened.

  # oneDNN's product with a packed weight, which beats BLAS by a tenth and more.
  def product_packed(self: __torch__.Ops, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
    return ops.mkldnn._linear_pointwise(x, w, b, "none", annotate(List[Optional[number]], []), "")

  # A weight [out, in] in the layout of those products; rows is how many x will have.
  def pack(self: __torch__.Ops, w: Tensor, rows: Tensor) -> Tensor:
    return ops.mkldnn._reorder_linear_weight(torch.contiguous(w), int(rows))

  def pack_transposed(self: __torch__.Ops, w: Tensor, rows: Tensor) -> Tensor:
    return ops.mkldnn._reorder_linear_weight(torch.contiguous(torch.t(w)), int(rows))

  def transposed_view(self: __torch__.Ops, w: Tensor) -> Tensor:
    return torch.t(w)

  # y_i = x w_i'
  def products(self: __torch__.Ops, w: List[Tensor], x: Tensor) -> List[Tensor]:
    y = annotate(List[Tensor], [])
    for i in range(torch.len(w)):
      _0 = torch.append(y, torch.linear(x, w[i]))
    return y

  # As no views of what was multiplied, so that let_go frees them.
  def products_packed(self: __torch__.Ops, w: List[Tensor], x: Tensor) -> List[Tensor]:
    flat = torch.flatten(torch.contiguous(x), 0, -2)
    y = annotate(List[Tensor], [])
    for i in range(torch.len(w)):
      one = (self).product_packed(flat, w[i], None, )
      _0 = torch.append(y, torch._unsafe_view(one, torch.add(torch.slice(torch.size(x), 0, -1), [torch.size(one, -1)])))
    return y

  # y += b, in place.
  def shift(self: __torch__.Ops, y: Tensor, b: Tensor) -> Tensor:
    return torch.add_(y, b)

  # y_i += s_i (x a_i') b_i', in place; returns t.
  def low_rank(self: __torch__.Ops, y: List[Tensor], a: List[Tensor], b: List[Tensor], x: Tensor, s: Tensor) -> Tensor:
    t = torch.t(torch.mm(torch.cat(a, 0), torch.t(torch.flatten(x, 0, -2))))
    at = 0
    for i in range(torch.len(y)):
      r = torch.size(a[i], 0)
      flat = torch.view(y[i], [-1, torch.size(y[i], -1)])
      _0 = torch.addmm_(flat, torch.slice(t, 1, at, torch.add(at, r)), torch.t(b[i]), alpha=float(torch.select(s, 0, i)))
      at = torch.add(at, r)
    return t

  # Gradient of x: sum_i g_i w_i
  def products_gradient(self: __torch__.Ops, g: List[Tensor], w: List[Tensor]) -> Tensor:
    d = torch.matmul(g[0], w[0])
    flat = torch.view(d, [-1, torch.size(d, -1)])
    for i in range(1, torch.len(g)):
      _0 = torch.addmm_(flat, torch.flatten(g[i], 0, -2), w[i])
    return d

  # The same with packed transposes of w.
  def products_gradient_packed(self: __torch__.Ops, g: List[Tensor], w: List[Tensor]) -> Tensor:
    d = (self).product_packed(torch.contiguous(g[0]), w[0], None, )
    for i in range(1, torch.len(g)):
      d = ops.mkldnn._linear_pointwise(torch.contiguous(g[i]), d, w[i], None, "add")
    return d

  # u_i = s_i g_i b_i side by side [T, R].
  def low_rank_inner(self: __torch__.Ops, g: List[Tensor], b: List[Tensor], s: Tensor) -> Tensor:
    u = annotate(List[Tensor], [])
    for i in range(torch.len(g)):
      flat = torch.flatten(g[i], 0, -2)
      _0 = torch.append(u, torch.mul(torch.mm(torch.t(b[i]), torch.t(flat)), torch.select(s, 0, i)))
    return torch.t(torch.cat(u, 0))

  # d += sum_i u_i a_i, in place.
  def low_rank_gradient(self: __torch__.Ops, a: List[Tensor], d: Tensor, u: Tensor) -> Tensor:
    return torch.addmm_(torch.view(d, [-1, torch.size(d, -1)]), u, torch.cat(a, 0))

  # Gradients of a and b: u' x and s g' t, in the orientation in which BLAS is fast.
  def low_rank_weights_gradient(self: __torch__.Ops, g: List[Tensor], a: List[Tensor], x: Tensor, t: Tensor, u: Tensor, s: Tensor) -> List[Tensor]:
    da = torch.mm(torch.t(u), torch.flatten(x, 0, -2))
    out = annotate(List[Tensor], [])
    at = 0
    for i in range(torch.len(a)):
      r = torch.size(a[i], 0)
      _0 = torch.append(out, torch.slice(da, 0, at, torch.add(at, r)))
      at = torch.add(at, r)
    at = 0
    for i in range(torch.len(a)):
      r = torch.size(a[i], 0)
      db = torch.mm(torch.t(torch.slice(t, 1, at, torch.add(at, r))), torch.flatten(g[i], 0, -2))
      _1 = torch.append(out, torch.t(torch.mul_(db, torch.select(s, 0, i))))
      at = torch.add(at, r)
    return out

  # Whether autograd follows x.
  def tracked(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.tensor(ops.prim.requires_grad(x))

  # The gradient that has arrived at x, or an empty list.
  def arrived(self: __torch__.Ops, x: Tensor) -> List[Tensor]:
    g = ops.prim.grad(x)
    if ops.prim.AutogradAnyNonZero(g):
      found = [g]
    else:
      found = annotate(List[Tensor], [])
    return found
