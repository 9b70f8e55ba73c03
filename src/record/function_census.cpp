#include "record/function_census.hpp"

#include <map>

#include "attest/certify/existence.hpp"
#include "fields.hpp"

namespace attest::record {

FunctionCensus function_census(const threshold::OneBitCensus& census, const verdict::Verdict& verdict) {
    FunctionCensus record;
    record.inputs = census.inputs;
    record.layers = 2;
    record.heads = 1;
    record.activations = 2;
    std::map<std::uint64_t, std::uint64_t> by_size;
    for (const threshold::NpnClass& c : census.classes) ++by_size[c.size];
    for (const auto& [functions, classes] : by_size) record.sizes.push_back({functions, classes});
    record.functions = census.functions();
    record.wanted = census.classes.size();
    record.found = census.found();
    record.answer = certify::existence_word(verdict);
    if (verdict.is_undecided()) {
        record.reason = to_string(verdict.why().reason);
        record.detail = verdict.why().detail;
    }
    if (verdict.kept()) record.certificate = verdict.digest();
    record.check_seconds = verdict.spent.check_seconds;
    return record;
}

template nlohmann::ordered_json write(const FunctionCensus&);
template std::optional<FunctionCensus> read(const base::Json&);

}  // namespace attest::record
