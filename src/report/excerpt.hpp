#pragma once

#include <optional>
#include <string>
#include <vector>

#include "attest/formats/file.hpp"
#include "report/sources.hpp"
#include "report/svg.hpp"

namespace attest::report {

/// Where the heads of a network looked on a word.
///
/// Gives   nothing where there is too much to see (more than 64 positions, or 600 strong arcs), or nothing looks anywhere: a
///         program without weights
/// Throws  Unsupported where no precision tells a softmax model's score from 0; InputError as network::Evaluator
std::optional<Svg> attention_drawing(const formats::NetworkFile& network, const language::Word& word);

/// One result by itself, as a page that needs nothing beside it: what `write_page` shows of it, and the attention of the
/// network on some words, such as counterexamples. network: may be null
std::string write_excerpt(const Output& output, const formats::NetworkFile* network,
                          const std::vector<language::Word>& words);

}  // namespace attest::report
