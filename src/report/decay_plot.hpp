#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "report/svg.hpp"

namespace attest::report {

/// The influence of one symbol by length, for a drawing.
struct DecayPlot {
    struct Length {
        std::int64_t length = 0;            ///< of the word
        double n = 0;                       ///< of the sequence
        double reached = 0, certified = 0;  ///< of symbols that are not read
        std::optional<double> theory_log10;
        std::vector<double> by_position;        ///< certified, for each position of the word
        std::optional<std::int64_t> read = {};  ///< the position of the word that is read, from 1

        /// Certified for the symbol that is read.
        std::optional<double> certified_read() const;
    };
    std::string title;
    std::vector<Length> lengths;                      ///< ascending
    std::optional<double> exponent;                   ///< of `reached`, fitted
    std::string across = "length n of the sequence";  ///< what `n` is
};

/// Above: what is reached, what is certified and what theory promises against n, both axes logarithmic, with slopes 0, −1 and
/// −2 to compare; the symbol that is read, where one is, by itself. Below: one row a length, one square a stretch of positions,
/// as large as its certified influence is beside the greatest of the row; the position that is read has a whole
/// square beside the row and is no part of its greatest.
/// Needs   at least one length
Svg draw_decay(const DecayPlot& plot);
/// The same as a document.
std::string decay_svg(const DecayPlot& plot);

}  // namespace attest::report
