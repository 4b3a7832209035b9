  # Changes given by few numbers: Fourier (fourierft arXiv:2405.03003), wavelets (waveft
  # arXiv:2505.12532), circulant blocks (c3a arXiv:2407.19342), single entries (shira arXiv:2406.13175).

  # A permutation of n from PyTorch's CPU generator, which the caller seeded.
  def spectral_permutation(self: __torch__.Ops, n: Tensor) -> Tensor:
    return torch.randperm(int(n), dtype=4, layout=None, device=torch.device("cpu"), pin_memory=False)

  # Zeros of a shape with numbers at places [2, n] of rows and columns.
  def spectral_placed(self: __torch__.Ops, values: Tensor, places: Tensor, shape: Tensor) -> Tensor:
    size = (self).sizes(shape, )
    where = torch.to(places, 4)
    flat = torch.add(torch.mul(torch.select(where, 0, 0), size[1]), torch.select(where, 0, 1))
    return torch.view(torch.index_add(torch.new_zeros(values, [torch.mul(size[0], size[1])]), 0, flat, values), size)

  # The real part of the inverse transform in both directions, scaled.
  def spectral_fourier(self: __torch__.Ops, dense: Tensor, s: Tensor) -> Tensor:
    return torch.mul(torch.real(torch.fft_ifft2(dense)), s)

  # The inverse wavelet transform of four quarters, cut to the middle: low [n] is the reconstruction
  # filter, high its alternating mirror.
  def spectral_wavelet(self: __torch__.Ops, dense: Tensor, low: Tensor, high: Tensor, shape: Tensor, s: Tensor) -> Tensor:
    h = torch.floordiv(torch.size(dense, 0), 2)
    w = torch.floordiv(torch.size(dense, 1), 2)
    quarters = torch.permute(torch.reshape(dense, [2, h, 2, w]), [0, 2, 1, 3])
    filters = torch.stack([torch.outer(low, low), torch.outer(high, low), torch.outer(low, high), torch.outer(high, high)])
    whole = torch.conv_transpose2d(torch.reshape(quarters, [1, 4, h, w]), torch.unsqueeze(filters, 1), None, [2, 2])
    plane = torch.select(torch.select(whole, 0, 0), 0, 0)
    edge = torch.floordiv(torch.sub(torch.mul(2, torch.size(low, 0)), 3), 2)
    size = (self).sizes(shape, )
    rows = torch.sub(torch.size(plane, 0), torch.mul(2, edge))
    columns = torch.sub(torch.size(plane, 1), torch.mul(2, edge))
    top = torch.add(edge, torch.floordiv(torch.sub(rows, size[0]), 2))
    left = torch.add(edge, torch.floordiv(torch.sub(columns, size[1]), 2))
    cut = torch.slice(torch.slice(plane, 0, top, torch.add(top, size[0])), 1, left, torch.add(left, size[1]))
    return torch.mul(cut, s)

  # y += blocks of kernel [m, n, b] over x, as correlations: y_i = sum_j k_ij (col - row) x_j / in.
  def c3a_forward(self: __torch__.Ops, x: Tensor, y: Tensor, kernel: Tensor) -> Tensor:
    b = torch.size(kernel, 2)
    blocks = torch.reshape(torch.to(x, 6), [-1, torch.size(kernel, 1), b])
    product = torch.einsum("tnf,mnf->tmf", [torch.fft_rfft(blocks), torch.conj(torch.fft_rfft(kernel))])
    added = torch.reshape(torch.fft_irfft(product, b), torch.size(y))
    return torch.to(torch.add(y, torch.div(added, torch.size(x, -1))), y.dtype)

  # where [b * b] says which number of a kernel stands at a row and column of its block.
  def c3a_change(self: __torch__.Ops, kernel: Tensor, where: Tensor) -> Tensor:
    m = torch.size(kernel, 0)
    n = torch.size(kernel, 1)
    b = torch.size(kernel, 2)
    blocks = torch.reshape(torch.index_select(kernel, 2, where), [m, n, b, b])
    dense = torch.reshape(torch.transpose(blocks, 1, 2), [torch.mul(m, b), torch.mul(n, b)])
    return torch.div(dense, torch.mul(n, b))
