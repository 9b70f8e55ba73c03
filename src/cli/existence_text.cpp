#include "existence_text.hpp"

#include <fmt/format.h>

namespace attest::cli {

std::string existence_text(const certify::Existence& existence) {
    const threshold::Existence& e = existence.found;
    const verdict::Verdict& v = existence.verdict;
    if (v.holds() && e.parts) return fmt::format("a network of parts, each run on all its words: {}", e.how);
    if (v.holds()) return fmt::format("network run on all words; found by {}", e.how);
    if (v.is_undecided()) return fmt::format("{}: {}", to_string(v.why().reason), v.why().detail);
    if (e.bound) return fmt::format("{}; gone through by the checker in {:.2f} s", e.how, v.spent.check_seconds);
    return fmt::format("{} clauses ({} cuts), LRAT proof of {} bytes accepted by the checker in {:.2f} s",
                       e.refutation->formula.size(), e.refutation->cuts, e.refutation->proof.size(),
                       v.spent.check_seconds);
}

}  // namespace attest::cli
