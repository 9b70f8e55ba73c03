#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "attest/logic/cnf.hpp"

namespace attest::logic {

/// Writes the lines of an XLRUP proof (FORMAT.md, section 8) and numbers what they add. Literals are signed;
/// those of a parity constraint sum to 1 modulo 2.
class XlrupWriter {
  public:
    using Id = std::uint64_t;

    explicit XlrupWriter(const Cnf& formula) : last_clause_(formula.size()) {}

    Id clause(std::span<const std::int32_t> literals, std::span<const Id> hints);
    Id import_parity(std::span<const std::int32_t> literals, std::span<const Id> clauses);
    Id sum(std::span<const std::int32_t> literals, std::span<const Id> parities);
    Id clause_from_parities(std::span<const std::int32_t> literals, std::span<const Id> parities);
    void remove_clauses(std::span<const Id> clauses);

    std::size_t bytes() const { return text_.size(); }
    std::string take() { return std::move(text_); }

  private:
    void list(std::span<const std::int32_t> literals, std::span<const Id> ids);

    std::string text_;
    Id last_clause_;
    Id last_parity_ = 0;
};

}  // namespace attest::logic
