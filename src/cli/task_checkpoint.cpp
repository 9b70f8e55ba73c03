#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "attest/base/error.hpp"
#include "attest/formats/import.hpp"
#include "attest/language/task.hpp"
#include "base/text.hpp"
#include "subject.hpp"
#include "task_command.hpp"

namespace attest::cli {

namespace fs = std::filesystem;

namespace {

bool is_checkpoint(const std::string& operand) {
    constexpr std::array<const char*, 4> endings = {".safetensors", ".pt", ".pth", ".bin"};
    std::error_code ignored;
    const fs::path path(operand);
    return fs::is_regular_file(path, ignored) &&
           std::any_of(endings.begin(), endings.end(), [&](const char* ending) { return path.extension() == ending; });
}

formats::import::Imported imported(const std::string& path, const std::string& task, std::size_t memory) {
    const std::vector<std::string> symbols = language::Task::usual_symbols(task);
    if (symbols.empty())
        throw base::InputError(
            path, fmt::format("a model file for {}", base::printable(task)),
            "a checkpoint, in which nothing says what its rows mean; attest import makes a model of it");
    formats::import::Options options;
    options.memory_bytes = memory;
    options.name = fs::path(path).stem().string();
    options.tensor_file = options.name + ".safetensors";
    options.alphabet = "0.." + symbols.back();
    options.read = "last";
    formats::import::Imported found = import_model(path, options);
    if (found.vocabulary <= symbols.size()) return found;
    options.end = fmt::format("=={}", symbols.size());
    return import_model(path, options);
}

}  // namespace

formats::NetworkFile load_performer(Session& session, const std::string& operand, const std::string& eps,
                                    const std::string& task) {
    if (!eps.empty() || !is_checkpoint(operand)) return load_network(operand, eps);
    const formats::import::Imported found = imported(operand, task, session.limits().memory_bytes);
    for (const auto& a : found.assumed)
        session.note(base::printable(fmt::format("assumed {} {}: {}", a.key, a.value, a.because), 400));
    const std::string name = fs::path(operand).stem().string();
    return formats::ModelFile{formats::parse_model(found.document, name, found.tensors), found.document,
                              name + ".safetensors", found.tensors};
}

}  // namespace attest::cli
