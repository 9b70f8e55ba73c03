#include "record/build.hpp"

#include "fields.hpp"

namespace attest::record {

Build build_result(const language::Language& language, const build::Built& built, const std::string& output,
                   const std::vector<certify::Recognition>& proved) {
    Build record;
    record.language = language.name();
    record.construction = to_string(built.construction);
    record.output = output;
    for (const network::Layer& layer : built.transformer.layers) record.layers += layer.attention ? 1 : 0;
    record.dimension = built.transformer.dimension;
    record.modulus = built.modulus;
    for (const certify::Recognition& r : proved) {
        Build::Proved one;
        one.length = r.length;
        one.verdict = r.verdict.word();
        if (r.verdict.is_undecided()) {
            one.reason = to_string(r.verdict.why().reason);
            one.detail = r.verdict.why().detail;
        } else {
            one.evidence = to_string(r.verdict.evidence());
        }
        if (r.verdict.kept()) one.certificate = r.verdict.digest();
        one.seconds = r.verdict.spent.seconds;
        record.results.push_back(std::move(one));
    }
    return record;
}

template nlohmann::ordered_json write(const Build&);
template std::optional<Build> read(const base::Json&);

}  // namespace attest::record
