#include "threshold_smt.hpp"

#include <fmt/format.h>

namespace attest::benchmarks {

namespace {

class Writer {
  public:
    explicit Writer(const threshold::Specification& s) : s_(s), n_(s.length + 1) {}

    std::string run() {
        declare();
        out_ += "(assert (forall (";
        for (std::int64_t i = 1; i < n_; ++i) out_ += fmt::format("(v0_{} Bool)", i);
        out_ += ")\n";
        open(fmt::format("v0_{}", n_), "false");
        for (std::int64_t l = 1; l <= s_.network.layers; ++l)
            for (std::int64_t i = l == s_.network.layers ? n_ : 1; i <= n_; ++i) ask(l, i);
        out_ += fmt::format("(= accepted {})", language());
        out_ += std::string(depth_, ')') + "))\n(check-sat)\n";
        return out_;
    }

  private:
    const char* sort(std::int64_t layer) const { return layer == 0 || s_.network.activations ? "Bool" : "Int"; }

    void declare() {
        for (std::int64_t l = 1; l <= s_.network.layers; ++l) {
            const char* v = sort(l - 1);
            std::string seen;
            for (std::int64_t h = 1; h <= s_.network.heads; ++h) {
                out_ += fmt::format("(declare-fun score_{}_{} (Int {} Int {}) Int)\n", l, h, v, v);
                seen += fmt::format(" Int {}", v);
            }
            out_ += fmt::format("(declare-fun become_{} (Int {}{}) {})\n", l, v, seen,
                                l == s_.network.layers ? "Bool" : sort(l));
        }
    }

    void open(const std::string& name, const std::string& term) {
        out_ += fmt::format("(let (({} {}))\n", name, term);
        ++depth_;
    }

    /// The pair of the greatest score, the leftmost of several, one position after another; then what it becomes.
    void ask(std::int64_t l, std::int64_t i) {
        std::string seen;
        for (std::int64_t h = 1; h <= s_.network.heads; ++h) {
            std::string best, value;
            const auto score = [&](const std::string& j, const std::string& w) {
                return fmt::format("(score_{}_{} {} v{}_{} {} {})", l, h, i, l - 1, i, j, w);
            };
            for (std::int64_t j = 1; j <= (l == 1 ? n_ - 1 : n_); ++j) {
                if (j == i) continue;
                const std::string position = std::to_string(j), here = fmt::format("v{}_{}", l - 1, j);
                if (best.empty()) {
                    best = position;
                    value = here;
                    continue;
                }
                const std::string suffix = fmt::format("{}_{}_{}_{}", l, h, i, j);
                open("c" + suffix, fmt::format("(> {} {})", score(position, here), score(best, value)));
                open("p" + suffix, fmt::format("(ite c{} {} {})", suffix, position, best));
                open("w" + suffix, fmt::format("(ite c{} {} {})", suffix, here, value));
                best = "p" + suffix;
                value = "w" + suffix;
            }
            // Who sees nobody sees itself.
            seen += best.empty() ? fmt::format(" {} v{}_{}", i, l - 1, i) : fmt::format(" {} {}", best, value);
        }
        open(l == s_.network.layers ? "accepted" : fmt::format("v{}_{}", l, i),
             fmt::format("(become_{} {} v{}_{}{})", l, i, l - 1, i, seen));
    }

    std::string language() const {
        std::string any = "(or false";
        for (const threshold::Sample& x : samples(s_)) {
            if (!x.accepted) continue;
            any += "\n (and true";
            for (std::size_t i = 0; i < x.word.size(); ++i)
                any += x.word[i] == 1 ? fmt::format(" v0_{}", i + 1) : fmt::format(" (not v0_{})", i + 1);
            any += ")";
        }
        return any + ")";
    }

    const threshold::Specification& s_;
    const std::int64_t n_;
    std::string out_ = "(set-option :smt.mbqi true)\n";
    std::size_t depth_ = 0;
};

}  // namespace

std::string threshold_smt(const threshold::Specification& specification) { return Writer(specification).run(); }

}  // namespace attest::benchmarks
