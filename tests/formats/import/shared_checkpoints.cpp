#include <catch2/catch.hpp>

#include "attest/base/file.hpp"
#include "formats/import/checkpoint.hpp"
#include "refused.hpp"
#include "shared_data.hpp"

// Checkpoints that others wrote.

using namespace attest;
using namespace attest::formats::import;
using Catch::Matchers::Contains;

namespace {

constexpr std::size_t any_size = std::size_t{1} << 30;

/// Nothing where the data is not there.
std::optional<std::string> bytes(const std::string& name) {
    const auto path = attest::tests::shared_data(name);
    return path ? std::optional(base::read_file(path->string())) : std::nullopt;
}

}  // namespace

TEST_CASE("all of these are read, with all of their tensors", "[import]") {
    struct Row {
        std::string file, container;
        std::size_t tensors;
    };
    const std::string zip = "PyTorch (zip)", legacy = "PyTorch (before 1.6)";
    for (const Row& row : {Row{"vectors/hf-bert-classifier.pt", zip, 41},
                           {"vectors/hf-gpt2.pt", zip, 28},
                           {"vectors/hf-llama.pt", zip, 21},
                           {"vectors/meta-llama.pt", zip, 21},
                           {"vectors/nanogpt.pt", zip, 29},
                           {"vectors/torch-bf16.pt", zip, 28},
                           {"vectors/torch-f16.pt", zip, 28},
                           {"vectors/torch-legacy-layout.pt", legacy, 28},
                           {"vectors/torch-encoder-gelu-pre.module.pt", zip, 30},
                           {"vectors/torch-encoder-gelu-pre.pt", zip, 30},
                           {"vectors/hf-gpt2.safetensors", "safetensors", 28},
                           {"torch/induction-whole-module.pth", zip, 24},
                           {"arena/brackets.pt", zip, 60},
                           {"arena/cumsum.pt", zip, 18},
                           {"pizza/model_p99zdpze5l.pt", zip, 12},
                           {"grokking/grokking-mod113-wd1.safetensors", "safetensors", 11}}) {
        const auto path = attest::tests::shared_data(row.file);
        if (!path) continue;
        const Checkpoint checkpoint = read_checkpoint(path->string(), "", any_size);
        CAPTURE(row.file);
        CHECK(checkpoint.container == row.container);
        CHECK(checkpoint.tensors.size() == row.tensors);
    }
}

TEST_CASE("a checkpoint has the same numbers in each of its forms", "[import]") {
    for (const std::string name : {"hf-bert-classifier", "hf-gpt2", "hf-llama", "meta-llama", "nanogpt",
                                   "torch-encoder-gelu-pre", "torch-encoder-relu-post"})
        for (const std::string form : {".pt", ".module.pt"}) {
            const auto one = bytes("vectors/" + name + ".safetensors");
            if (!one || (form == ".module.pt" && !name.starts_with("torch"))) continue;
            const Checkpoint a = parse_checkpoint(*one, "a.safetensors", "");
            const Checkpoint b = parse_checkpoint(bytes("vectors/" + name + form).value(), "b.pt", "");
            REQUIRE(a.tensors.size() == b.tensors.size());
            for (const auto& [tensor, array] : a.tensors) {
                const Array& other = b.tensors.at(tensor);
                CAPTURE(name, form, tensor);
                REQUIRE(array.shape == other.shape);
                for (std::uint64_t k = 0; k < array.count(); ++k) REQUIRE(array.at(k, "") == other.at(k, ""));
            }
        }
}

TEST_CASE("copies of fewer bits are those numbers, rounded to nearest", "[import]") {
    // The one of binary32 was made binary16, and that bfloat16.
    const std::string files[] = {"vectors/torch-legacy-layout.pt", "vectors/torch-f16.pt", "vectors/torch-bf16.pt"};
    const int digits[] = {24, 11, 8};
    for (std::size_t step = 1; step < 3; ++step) {
        const auto file = bytes(files[step - 1]);
        if (!file) continue;
        const Checkpoint finer = parse_checkpoint(*file, "f.pt", "");
        const Checkpoint rounded = parse_checkpoint(bytes(files[step]).value(), "r.pt", "");
        for (const auto& [tensor, array] : finer.tensors)
            for (std::uint64_t k = 0; k < array.count(); ++k) {
                const exact::Rational x = array.at(k, ""), y = rounded.tensors.at(tensor).at(k, "");
                // Numbers below the normal ones of binary16 are rounded to a multiple of 2^-24.
                const exact::Rational half_unit = abs(x) / (1 << digits[step]) + exact::Rational(1, 1 << 25);
                REQUIRE(abs(x - y) <= half_unit);
            }
    }
}

TEST_CASE("a checkpoint whose bytes were replaced is refused", "[import]") {
    const auto path = attest::tests::shared_data("torch/damaged-utf8-replacement.pth");
    if (!path) return;
    const std::string message = attest::tests::refused([&] { (void)read_checkpoint(path->string(), "", any_size); });
    CHECK_THAT(message, Contains("not a zip archive: its directory lies outside the file"));
}

TEST_CASE("a checkpoint that is cut is refused with one line, wherever", "[import]") {
    for (const std::string name : {"vectors/torch-legacy-layout.pt", "vectors/torch-bf16.pt",
                                   "vectors/hf-gpt2.safetensors", "torch/induction-whole-module.pth"}) {
        const auto file = bytes(name);
        if (!file) continue;
        for (std::size_t size = 0; size<file->size(); size += file->size()> 100000 ? 4096 : 97) {
            const std::string message =
                attest::tests::refused([&] { (void)parse_checkpoint(file->substr(0, size), "f", ""); });
            CAPTURE(name, size, message);
            CHECK(message != "accepted");
            CHECK(message.find('\n') == std::string::npos);
        }
    }
}

TEST_CASE("files are not read beyond the limit", "[import]") {
    const auto path = attest::tests::shared_data("arena/brackets.pt");
    if (!path) return;
    CHECK(attest::tests::refused([&] { (void)read_checkpoint(path->string(), "", 1000); }) != "accepted");
}
