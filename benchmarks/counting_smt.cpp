#include "counting_smt.hpp"

#include <fmt/format.h>

#include "attest/base/error.hpp"

namespace attest::benchmarks {

namespace {

std::string sum_of(std::int64_t length, const char* yes, const char* no) {
    std::string text = "(+ 0";
    for (std::int64_t i = 1; i <= length; ++i) text += fmt::format(" (ite x{} {} {})", i, yes, no);
    return text + ")";
}

std::string parity_smt(std::int64_t length) {
    std::string chain = "false";
    for (std::int64_t i = 1; i <= length; ++i) chain = fmt::format("(xor {} x{})", chain, i);
    return fmt::format("(assert (not (= (= (mod {} 2) 1) {})))\n", sum_of(length, "1", "0"), chain);
}

std::string majority_smt(std::int64_t length) {
    return fmt::format("(assert (not (= (> {} 0) (> (* 2 {}) {}))))\n", sum_of(length, "1", "(- 1)"),
                       sum_of(length, "1", "0"), length);
}

/// Level i is the balance after i symbols over i + 1, the last one over N + 2; the model accepts iff 1/n − level_n + 2 · the
/// lowest level is positive.
std::string brackets_smt(std::int64_t length) {
    std::string text = "(define-fun b0 () Int 0)\n(define-fun m0 () Real 0.0)\n";
    for (std::int64_t i = 1; i <= length; ++i)
        text += fmt::format(
            "(define-fun b{0} () Int (+ b{1} (ite x{0} 1 (- 1))))\n"
            "(define-fun v{0} () Real (/ (to_real b{0}) {2}.0))\n(define-fun m{0} () Real (ite (< v{0} m{1}) v{0} "
            "m{1}))\n",
            i, i - 1, i + 1);
    text += fmt::format(
        "(define-fun t () Real (/ (to_real b{0}) {1}.0))\n(define-fun m () Real (ite (< t m{0}) t m{0}))\n"
        "(define-fun accept () Bool (> (+ (- (/ 1.0 {1}.0) t) (* 2.0 m)) 0.0))\n",
        length, length + 2);
    std::string member = fmt::format("(and (= b{} 0)", length);
    for (std::int64_t i = 1; i <= length; ++i) member += fmt::format(" (>= b{} 0)", i);
    return text + fmt::format("(assert (not (= accept {})))\n", member + ")");
}

}  // namespace

std::string counts_smt(const std::string& model, std::int64_t length) {
    std::string text;
    for (std::int64_t i = 1; i <= length; ++i) text += fmt::format("(declare-const x{} Bool)\n", i);
    if (model == "average-parity") text += parity_smt(length);
    else if (model == "average-majority") text += majority_smt(length);
    else if (model == "average-dyck-1") text += brackets_smt(length);
    else throw base::InternalError("no counts are written for " + model);
    return text + "(check-sat)\n";
}

}  // namespace attest::benchmarks
