#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "base/json_text.hpp"
#include "formats/tensors.hpp"
#include "maximum.hpp"

namespace attest::maximum {

namespace {

using Json = nlohmann::ordered_json;

/// A tensor's two sizes.
struct Sizes {
    std::uint64_t rows = 0, columns = 0;
};

class Shapes {
  public:
    Shapes(const std::string& path, const std::string& bytes)
        : path_(path), tensors_(formats::read_tensors(bytes, path)) {}

    Sizes of(const std::string& name) const {
        const auto found = tensors_.find(name);
        if (found == tensors_.end()) throw base::InputError(path_, fmt::format("a tensor {}", name), "none");
        if (found->second.shape.size() != 2)
            throw base::InputError(fmt::format("{}:{}", path_, name), "a tensor of rank 2",
                                   fmt::format("rank {}", found->second.shape.size()));
        return {found->second.shape[0], found->second.shape[1]};
    }

    void require(const std::string& name, std::uint64_t rows, std::uint64_t columns) const {
        const Sizes sizes = of(name);
        if (sizes.rows != rows || sizes.columns != columns)
            throw base::InputError(fmt::format("{}:{}", path_, name), fmt::format("{} × {}", rows, columns),
                                   fmt::format("{} × {}", sizes.rows, sizes.columns));
    }

  private:
    const std::string& path_;
    std::map<std::string, formats::Tensor> tensors_;
};

Json transposed(const char* name) { return {{"tensor", name}, {"transpose", true}}; }

}  // namespace

formats::ModelFile model_of_checkpoint(const std::string& path) {
    formats::ModelFile file;
    file.tensor_bytes = base::read_file(path);
    file.tensor_name = std::filesystem::path(path).filename().string();
    const Shapes shapes(path, file.tensor_bytes);
    const Sizes embedding = shapes.of("W_E"), positions = shapes.of("W_pos"), query = shapes.of("W_Q"),
                value = shapes.of("W_V");
    const std::uint64_t d = embedding.columns;
    shapes.require("W_pos", positions.rows, d);
    shapes.require("W_Q", d, query.columns);
    shapes.require("W_K", d, query.columns);
    shapes.require("W_V", d, value.columns);
    shapes.require("W_O", value.columns, d);
    shapes.require("W_U", d, embedding.rows);
    Json alphabet = Json::array(), rows = Json::object();
    for (std::uint64_t t = 0; t < embedding.rows; ++t) {
        alphabet.push_back(std::to_string(t));
        rows[std::to_string(t)] = t;
    }
    const Json head = {{"query", transposed("W_Q")},
                       {"key", transposed("W_K")},
                       {"value", transposed("W_V")},
                       {"output", transposed("W_O")}};
    const Json document = {
        {"format", "attest/model"},
        {"version", 2},
        {"name", std::filesystem::path(path).stem().string()},
        {"alphabet", alphabet},
        {"tensors", file.tensor_name},
        {"max_length", positions.rows},
        {"dimension", d},
        {"embedding", {{"matrix", {{"tensor", "W_E"}}}, {"rows", rows}}},
        {"position", {{"table", {{"tensor", "W_pos"}}}}},
        {"layers", Json::array({{{"attention",
                                  {{"kind", "softmax"}, {"scale", "1/sqrt(dk)"}, {"heads", Json::array({head})}}}}})},
        {"readout", {{"position", "last"}, {"weight", transposed("W_U")}, {"classes", alphabet}}}};
    file.bytes = base::json_text(document, 1) + "\n";
    file.transformer = formats::parse_model(file.bytes, path, file.tensor_bytes);
    return file;
}

}  // namespace attest::maximum
