"""Chebyshev points on [0, 1]: integration, differentiation and interpolation matrices.

Everything that depends on the number of nodes only is computed once and kept (:func:`grid`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.polynomial.chebyshev import chebint
from numpy.typing import NDArray

from aiecon.cached import cached, cached_once

__all__ = ["Grid", "grid", "refinement"]

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Grid:
    """N Chebyshev points of the first kind on (0, 1), and the matrices that act on values there.

    A function on [0, 1] is carried in two ways. Its derivative is known at the N interior nodes; it
    is integrated by ``integrate``. Its values are known at the N + 2 ``points`` (start, nodes,
    end); they are interpolated and differentiated there. Between the nodes it is judged at the
    N + 1 ``checks``, the extrema of the polynomial that vanishes at the nodes: there the error of
    an interpolant is largest.
    """

    nodes: FloatArray  # (N,) in (0, 1), increasing
    integrate: FloatArray  # (N + 1, N): from values at nodes to integrals from 0 to each node, to 1
    minus_integrate: FloatArray  # (N, 1, N + 1): its transpose with the other sign
    points: FloatArray  # (N + 2,): 0, nodes, 1
    weights: FloatArray  # (N + 2,): barycentric weights of the points
    checks: FloatArray  # (N + 1,)
    slope: FloatArray  # (N + 2, N + 2): differentiates the interpolant at the points

    @property
    def size(self) -> int:
        return len(self.nodes)

    @cached_once
    def twice(self) -> FloatArray:
        """(N, N²): from y at the nodes to −S diag(y) S, transposed; S integrates to the nodes."""
        once = self.integrate[:-1].T
        return np.ascontiguousarray(-once.T[:, :, None] * once[:, None]).reshape(self.size, -1)

    def interpolate(self, y: FloatArray) -> FloatArray:
        """(len(y), N + 2): the matrix that interpolates from the points to y, of one dimension."""
        return interpolation_matrix(self.points, self.weights, y)


@cached(64)
def grid(size: int) -> Grid:
    """The grid with ``size`` interior nodes; raises ValueError for fewer than two.

    >>> g = grid(12)
    >>> integral = g.integrate @ np.cos(g.nodes)  # of the cosine, from 0
    >>> bool(np.abs(integral[-1] - np.sin(1.0)) < 1e-15)
    True
    """
    if size < 2:
        raise ValueError(f"size = {size} is not allowed: a grid needs at least 2 nodes.")
    angle = (np.arange(size) + 0.5) * np.pi / size  # from the right end to the left on [-1, 1]
    nodes = np.sin(angle / 2) ** 2  # (1 - cos angle)/2, without cancellation near 0
    points = np.concatenate([[0.0], nodes, [1.0]])
    signs = (-1.0) ** np.arange(size)
    weights = np.concatenate([[0.5], -signs / (size * np.sin(angle)), [-0.5 * (-1.0) ** size]])
    checks = np.sin(np.arange(size + 1) * np.pi / (2 * size)) ** 2
    slope = differentiation_matrix(points, weights)
    integrate = _integration_matrix(size)
    minus = np.ascontiguousarray(-integrate.T)[:, None]
    return Grid(nodes, integrate, minus, points, weights, checks, slope)


@cached(64)
def refinement(coarse: int, fine: int) -> FloatArray:
    """(fine + 1, coarse + 2): from the points of a grid to the nodes and end of a finer one.

    >>> before, after = grid(6), grid(9)
    >>> bool(np.allclose(refinement(6, 9) @ before.points**5, after.points[1:] ** 5))
    True
    """
    return grid(coarse).interpolate(grid(fine).points[1:])


def _integration_matrix(size: int) -> FloatArray:
    """∫₀^y of the polynomial through values at the nodes, for y = each node and y = 1.

    Values → coefficients of T_j(2y − 1), a discrete cosine sum → those of the integral → values.
    """
    angle = np.pi - (np.arange(size) + 0.5) * np.pi / size  # 2y − 1 = cos(angle), increasing
    coefficients = (2.0 / size) * np.cos(np.outer(np.arange(size), angle))  # (degree, node)
    coefficients[0] /= 2
    integral = chebint(coefficients, lbnd=-1, scl=0.5)
    targets = np.concatenate([angle, [0.0]])
    return np.asarray(np.cos(np.outer(targets, np.arange(size + 1))) @ integral)


def interpolation_matrix(points: FloatArray, weights: FloatArray, at: FloatArray) -> FloatArray:
    """Barycentric interpolation from values at ``points`` to ``at``, an array of one dimension."""
    distance = at[:, None] - points
    hit_at, hit_point = np.nonzero(np.abs(distance) < 1e-200)  # a closer one would overflow
    distance[hit_at] = 1.0
    matrix = weights / distance
    matrix[hit_at] = 1.0  # the weights sum to zero
    matrix /= matrix.sum(axis=1, keepdims=True)
    matrix[hit_at] = 0.0
    matrix[hit_at, hit_point] = 1.0
    return matrix


def differentiation_matrix(points: FloatArray, weights: FloatArray) -> FloatArray:
    """Derivative at ``points`` of the polynomial through values at ``points``.

    Off the diagonal D_ij = (w_j/w_i)/(x_i − x_j); the diagonal makes constants differentiate to
    zero, which is also the choice with the smallest rounding errors.
    """
    distance = points[:, None] - points
    np.fill_diagonal(distance, 1.0)
    matrix = weights / weights[:, None] / distance
    np.fill_diagonal(matrix, 0.0)
    np.fill_diagonal(matrix, -matrix.sum(axis=1))
    return matrix
