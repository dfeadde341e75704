package org.accountsecurity.deregistration.export;

/** How far a holder's copy is, and what the holder is told of it. */
enum ExportState {
    NONE("现在没有可以下载的备份。"),
    PACKING("正在打包，请稍后刷新。"),
    RETRYING("打包失败，正在重试，请过一段时间再来。"),
    READY("已可下载。");

    private final String text;

    ExportState(String text) {
        this.text = text;
    }

    /** In Chinese. */
    String text() {
        return text;
    }
}
