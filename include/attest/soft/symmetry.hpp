#pragma once

#include <gmpxx.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "attest/language/alphabet.hpp"
#include "attest/network/transformer.hpp"

namespace attest::soft {

/// Positions of the word (from 0) in classes: the score depends on the word only through the number of each symbol in
/// each class.
using Classes = std::vector<std::vector<std::int64_t>>;

/// Finds classes, as large as the form of the model shows.
///
/// By induction from the embedding upwards every coordinate that the readout needs is, at each position of one class, the
/// same function of the symbol there and of the counts. For the embedding this is so where the position vectors agree, or
/// where the symbols do not enter. A sum over the positions that a head sees keeps it so if, for each class, the head sees
/// the whole class or nothing of it, and either no symbol of the class enters its scores and the summed value, or they are the same
/// function of the symbol at all positions of the class. Where that fails the class is divided, and all begins anew.
/// The position that is read is a class of its own. A norm mixes the symbol into all coordinates, except where embeddings
/// are such that its length does not depend on the symbol (src/soft/symbol_coordinates.hpp).
///
/// Exact   yes: within a class symbols can be exchanged without a change of the score; larger classes may exist
/// Cost    O(L n (d + H n)) a round; without masks and biases in j O(L n d)
Classes find_classes(const network::Transformer& transformer, std::int64_t length);

/// The number of ways to fill the classes if only counts matter; nothing if it is above the limit.
std::optional<std::uint64_t> count_fillings(const Classes& classes, std::size_t symbols, std::uint64_t limit);

/// One word for each way to fill the classes, with the number of words that it stands for; `visit` says whether to go on.
/// Within a class the symbols stand in ascending order.
void for_each_filling(const Classes& classes, std::size_t symbols, std::int64_t length,
                      const std::function<bool(const language::Word&, const mpz_class&)>& visit);

}  // namespace attest::soft
