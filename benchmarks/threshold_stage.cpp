#include "threshold_stage.hpp"

#include <algorithm>
#include <chrono>
#include <sstream>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "certify/threshold_certificate.hpp"
#include "checker/checker.hpp"
#include "stage_clock.hpp"
#include "subject.hpp"

namespace attest::benchmarks {

threshold::NetworkClass parse_network_class(const std::string& text) {
    std::istringstream in(text);
    std::string layers, heads, activations, read;
    std::getline(in, layers, ',');
    std::getline(in, heads, ',');
    std::getline(in, activations, ',');
    std::getline(in, read);
    threshold::NetworkClass c;
    c.layers = std::stoll(layers);
    c.heads = std::stoll(heads);
    if (activations != "-") c.activations = std::stoll(activations);
    c.read = read == "last" ? threshold::Reading::last : threshold::Reading::end;
    return c;
}

Certified certified_answer(const threshold::Specification& specification, const threshold::SynthesisOptions& options,
                           const base::Limits& limits) {
    const threshold::Existence existence = threshold::search(specification, options, limits);
    if (existence.answer == verdict::Answer::undecided) return {};
    if (existence.refutation && existence.refutation->proof.empty()) return {};
    const base::DirectoryInProgress scratch;
    const std::string digest = certify::write_threshold(scratch.path(), specification, existence, {});
    if (!checker::check(scratch.path()).accepted) return {};
    const bool by_formula = existence.refutation && existence.how.find("cubes") == std::string::npos;
    return {existence.answer, by_formula ? "a refutation" : existence.how, existence.extended, digest};
}

base::Limits seconds_from_now(double seconds) {
    base::Limits limits = limits_for(0);
    limits.deadline =
        std::chrono::steady_clock::now() + std::chrono::milliseconds(static_cast<std::int64_t>(1000 * seconds));
    limits.memory_bytes = std::min(limits.memory_bytes, std::size_t{2} << 30);
    return limits;
}

nlohmann::ordered_json decide_threshold(const StageArguments& a) {
    StageClock clock({"all"});
    clock.enter("all");
    const threshold::Specification specification{parse_network_class(a.model),
                                                 language::Language::parse(a.language, std::nullopt), a.length};
    threshold::SynthesisOptions options;
    options.seed = a.seed;
    const verdict::Answer answer = certified_answer(specification, options, limits_for(0)).answer;
    return {{"seconds", clock.finish()},
            {"answer", answer == verdict::Answer::holds   ? "possible"
                       : answer == verdict::Answer::fails ? "impossible"
                                                          : "undecided"}};
}

logic::Cnf eager_formula(const threshold::Specification& specification) {
    const auto all = samples(specification);
    auto encoding = threshold::encode(specification, all, {}, limits_for(0));
    if (!encoding) throw base::InternalError("the plain formula does not fit");
    for (const threshold::Order& order : encoding->orders)
        for (const auto& cycle : short_cycles(order)) {
            std::vector<threshold::Literal> clause;
            for (const threshold::Literal l : cycle) clause.push_back(-l);
            encoding->formula.add(clause);
        }
    return std::move(encoding->formula);
}

}  // namespace attest::benchmarks
