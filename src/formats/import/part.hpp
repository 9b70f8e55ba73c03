#pragma once

#include <cstdint>
#include <string>

#include "array.hpp"

namespace attest::formats::import {

/// A tensor of the source or a part of it, under a name that says which: `blocks.0.attn.W_Q[1].T`,
/// `in_proj_weight[8:12]`.
struct Part {
    std::string name;
    Array array;
};

/// `NAME[k]`: one entry along the first dimension.
Part item(const Part& part, std::uint64_t k);
/// `NAME[a:b]`, b excluded.
Part rows(const Part& part, std::uint64_t a, std::uint64_t b);
/// `NAME[:,a:b]`, of rank 2.
Part columns(const Part& part, std::uint64_t a, std::uint64_t b);
/// `NAME.T`, of rank 2.
Part transposed(const Part& part);
/// The same numbers without dimensions of extent 1 before the last two.
Part squeezed(const Part& part);

/// Whether every number is 0.
bool is_zero(const Array& array);

/// Throws  InputError at `where[i,j]` for the first number that is NaN or infinite
void require_finite(const Array& array, const std::string& where);

/// All numbers, one after the other in row-major order.
std::string packed(const Array& array);

}  // namespace attest::formats::import
