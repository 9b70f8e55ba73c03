#include "machine_file.hpp"

#include <filesystem>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/base/json.hpp"
#include "programs/machines/read.hpp"

namespace attest::cli {

namespace {

bool is_yaml(const std::string& operand) { return operand.ends_with(".yaml") || operand.ends_with(".yml"); }

/// The member `format` of a document, if it is a text.
std::string format_of(const base::JsonNode& root) {
    if (!root.value().is_object() || !root.has("format") || !root.at("format").value().is_string()) return "";
    return root.at("format").as_string();
}

}  // namespace

bool is_subleq(const std::string& operand) {
    if (operand.starts_with("subleq:")) return true;
    if (operand.starts_with("bb:") || is_yaml(operand)) return false;
    const base::Json document = base::Json::parse(base::read_file(operand), operand);
    const base::JsonNode root(document, operand);
    const std::string format = format_of(root);
    if (format == "attest/subleq") return true;
    if (format != "attest/turing") {
        if (root.value().is_object() && root.has("format"))
            root.at("format").fail("\"attest/turing\" or \"attest/subleq\"");
        root.fail("a machine, with the key \"format\"");
    }
    return false;
}

MachineFile load_machine(const std::string& operand, const std::vector<std::string>& accept) {
    MachineFile file;
    if (is_yaml(operand)) {
        file.machine = machines::parse_yaml_machine(base::read_file(operand), operand, accept, &file.word);
        file.bytes = machines::write_turing(file.machine);
        return file;
    }
    if (!accept.empty())
        throw base::UsageError("--accept is for machines of turingmachine.io; others name what accepts themselves");
    if (operand.starts_with("bb:")) {
        file.machine = machines::parse_busy_beaver(operand.substr(3));
        file.bytes = machines::write_turing(file.machine);
        return file;
    }
    file.bytes = base::read_file(operand);
    const base::Json document = base::Json::parse(file.bytes, operand);
    file.machine =
        machines::read_turing(base::JsonNode(document, operand), std::filesystem::path(operand).stem().string());
    return file;
}

}  // namespace attest::cli
