#include "function_census.hpp"

#include <fmt/format.h>

#include "attest/decide/threshold/specification.hpp"
#include "certify/census.hpp"
#include "keep.hpp"
#include "record/function_census.hpp"

namespace attest::cli {

namespace {

std::string function_census_text(const record::FunctionCensus& r, double search_seconds) {
    const threshold::NetworkClass network{.layers = r.layers, .heads = r.heads, .activations = r.activations};
    const std::string of = threshold::describe(network);
    std::string text;
    if (r.answer == "possible")
        text =
            fmt::format("CENSUS of {} inputs: each of {} functions has a network of {}\n", r.inputs, r.functions, of);
    else
        text = fmt::format("UNDECIDED census of {} inputs by networks of {}: {}: {}\n", r.inputs, of, *r.reason,
                           *r.detail);
    text += fmt::format("  {} of {} classes of functions have a network, found in {:.2f} s", r.found, r.wanted,
                        search_seconds);
    if (r.answer == "possible") text += fmt::format("; gone through by the checker in {:.2f} s", r.check_seconds);
    text += fmt::format("\n  {:>20}  {:>8}\n", "functions in a class", "classes");
    for (const auto& size : r.sizes) text += fmt::format("  {:>20}  {:>8}\n", size.functions, size.classes);
    return text;
}

}  // namespace

int function_census(Session& session, const FunctionCensusAsked& asked) {
    const double begun = session.seconds();
    const base::Limits limits = session.limits();
    certify::Archive archive(asked.certificate.empty() ? std::nullopt : std::optional(asked.certificate));
    threshold::OneBitCensusOptions options;
    options.seed = session.options.seed;
    options.threads = session.options.threads;
    options.journal = asked.journal;
    options.progress = [&](std::size_t found) { session.progress(fmt::format("{} classes have a network", found)); };
    const threshold::OneBitCensus census = threshold::take_one_bit_census(asked.inputs, options, limits);
    const double searched = session.seconds() - begun;
    session.progress("checking the certificate");
    const verdict::Verdict verdict = certify::certify_census(census, session.options.seed, limits, archive);
    finish_certificate(session, archive, {""});
    record::FunctionCensus record = record::function_census(census, verdict);
    record.seconds = session.seconds() - begun;
    session.print(function_census_text(record, searched));
    session.print_json(record::write(record));
    return verdict.holds() ? success : undecided;
}

}  // namespace attest::cli
