#pragma once

#include <string>
#include <vector>

#include "attest/exact/rational.hpp"

namespace attest::studies {

/// A table of reported thresholds: at how many training FLOPs an ability appears. What it counts is arithmetic on what was
/// reported, and says nothing about the models.
struct EmergenceTable {
    struct Row {
        std::string kind, ability;
        exact::Rational flops;
    };
    /// Rows in an interval of FLOPs.
    struct Share {
        std::string where;  ///< `[1e21, 1e23]`
        std::string among;  ///< a kind, or `all`
        std::size_t rows = 0, of = 0;
    };

    std::string source;
    std::vector<Row> rows;

    exact::Rational least() const;
    exact::Rational greatest() const;
    /// The middle row, or the mean of the two in the middle.
    exact::Rational median() const;
    /// Of 10^21 … 10^23, of what is above up to 10^24, of 10^22 … 10^24; the first for each kind too.
    std::vector<Share> shares() const;
};

/// A JSON file {"source", "rows": [{"kind", "ability", "flops", …}, …]} with at least one row; further members are passed over.
///
/// Throws  InputError with the place
EmergenceTable read_emergence_table(const std::string& path);

}  // namespace attest::studies
