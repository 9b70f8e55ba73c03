#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "attest/certify/archive.hpp"
#include "attest/formats/file.hpp"
#include "attest/language/language.hpp"
#include "attest/verdict/certified.hpp"
#include "decide/order/pair.hpp"
#include "decide/order/syntax.hpp"
#include "formats/seq2seq/seq2seq.hpp"

namespace attest::certify {

/// Whether an answer depends on counts alone, or on proportions alone.
struct OrderAnswer {
    bool of_language = false;  ///< else of the model
    order::Invariance invariance = order::Invariance::order;
    verdict::Verdict verdict;
    std::string shown_by;                                      ///< `syntax`, `automaton`, `definition`, `witness`
    std::optional<std::pair<std::string, std::string>> words;  ///< of a witness
    bool accepts = false;                                      ///< the first of these, where answers are yes or no
    std::optional<std::size_t> time;                           ///< of an encoder–decoder: when the vectors differ
    std::string obstacle;                                      ///< of a model: why its text does not show it
    std::string part;                                          ///< of the archive
};

/// A model file or an encoder–decoder.
using OrderedModel = std::variant<formats::ModelFile, formats::Seq2seqFile>;

/// Decides both invariances of a model: by its text, else a pair of words is looked for. Certificates are those of
/// FORMAT.md, section 32, and the checker has read them back.
///
/// Throws  Unsupported if the model neither accepts nor rejects
std::vector<OrderAnswer> decide_order(const OrderedModel& model, const order::PairOptions& options,
                                      const base::Limits& limits, Archive& archive);

/// The same of a language: regular ones are decided; of others `majority` is known, and of the rest a pair is looked for.
///
/// Throws  Unsupported for a table, which is of one length
std::vector<OrderAnswer> decide_order(const language::Language& language, const order::PairOptions& options,
                                      const base::Limits& limits, Archive& archive);

}  // namespace attest::certify
