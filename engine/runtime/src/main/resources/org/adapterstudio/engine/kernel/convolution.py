  # Convolutions. Shapes: x [B, C, H, W], w [D, C, h, w]; how = [stride down, stride across, padding, dilation].

  def convolved(self: __torch__.Ops, x: Tensor, w: Tensor, how: Tensor) -> Tensor:
    stride = [int(torch.select(how, 0, 0)), int(torch.select(how, 0, 1))]
    padding = int(torch.select(how, 0, 2))
    dilation = int(torch.select(how, 0, 3))
    return torch.conv2d(x, w, None, stride, [padding, padding], [dilation, dilation], 1)

  def convolved_bias(self: __torch__.Ops, x: Tensor, w: Tensor, b: Tensor, how: Tensor) -> Tensor:
    return torch.add((self).convolved(x, w, how, ), torch.reshape(b, [1, -1, 1, 1]))

  # A kernel as the matrix [D, C*h*w] that every window is multiplied with.
  def in_matrix(self: __torch__.Ops, w: Tensor) -> Tensor:
    return torch.flatten(w, 1)

  # A kernel plus the change of its matrix.
  def changed_kernel(self: __torch__.Ops, w: Tensor, change: Tensor) -> Tensor:
    return torch.add(w, torch.reshape(change, torch.size(w)))

  # LoRA-C: a [q, C*w], b [D*h, q]; how = [h]. The product's rows are read as kernels, in order.
  def lora_c_change(self: __torch__.Ops, a: Tensor, b: Tensor, s: Tensor, how: Tensor) -> Tensor:
    product = torch.mul(torch.matmul(b, a), s)
    return torch.reshape(product, [-1, torch.mul(torch.size(a, 1), int(how))])

  # The same change as a LoRA of the kernel's matrix: a on a diagonal, rows of b side by side.
  def lora_c_rows(self: __torch__.Ops, a: Tensor, how: Tensor) -> Tensor:
    return torch.kron(torch.eye(int(how), dtype=6, device=ops.prim.device(a)), a)

  def lora_c_columns(self: __torch__.Ops, b: Tensor, how: Tensor) -> Tensor:
    return torch.reshape(b, [-1, torch.mul(torch.size(b, 1), int(how))])

  # Products of vectors over channels b [C, r], height c [h, r] and width d [w, r] as rows [r, C*h*w].
  def cp_rows(self: __torch__.Ops, b: Tensor, c: Tensor, d: Tensor) -> Tensor:
    plane = torch.mul(torch.unsqueeze(torch.t(b), 2), torch.unsqueeze(torch.t(c), 1))
    whole = torch.mul(torch.unsqueeze(torch.flatten(plane, 1), 2), torch.unsqueeze(torch.t(d), 1))
    return torch.flatten(whole, 1)

  # Lengths of a kernel's matrix w [D, K], one for each output channel.
  def kernel_lengths(self: __torch__.Ops, w: Tensor) -> Tensor:
    return torch.sqrt(torch.sum(torch.mul(w, w), [1]))

  # What m (w + dw) / |w + dw| changes in w; no gradient passes through the length (arXiv:2402.09353).
  def decomposed_change(self: __torch__.Ops, w: Tensor, dw: Tensor, m: Tensor) -> Tensor:
    v = torch.add(w, dw)
    g = torch.div(m, torch.detach((self).kernel_lengths(v, )))
    return torch.sub(torch.mul(v, torch.unsqueeze(g, 1)), w)
