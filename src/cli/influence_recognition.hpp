#pragma once

#include "influence_result.hpp"

namespace attest::cli {

/// What is known of a network as a recogniser, by length: of all words, or of a sample of them.
std::string recognition_lines(const InfluenceResults& results);
nlohmann::ordered_json recognition_json(const certify::Recognition& recognition);
/// Figures of an outcome that the checker was not asked about. Needs  an enclosure
nlohmann::ordered_json unchecked_json(const decide::Outcome& outcome);
nlohmann::ordered_json sample_json(const network::Transformer& transformer, const influence::Sample& sample);

}  // namespace attest::cli
