#include "attest/base/json.hpp"

#include "refusal.hpp"

// JSON documents: every value that was read can be described.

namespace {

void visit(const attest::base::JsonNode& node) {
    attest::fuzz::check_message(node.value().describe());
    attest::fuzz::check_message(node.where());
    if (node.value().is_array())
        for (const auto& element : node.elements()) visit(element);
    if (node.value().is_object())
        for (const auto& [key, member] : node.members()) visit(member);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    attest::fuzz::reads([&] {
        const auto document = attest::base::Json::parse(attest::fuzz::text(data, size), "f.json");
        visit(attest::base::JsonNode(document, "f.json"));
    });
    return 0;
}
