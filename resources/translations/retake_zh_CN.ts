<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>About</name>
    <message>
        <source>About Retake Desktop</source>
        <translation>关于 Retake Desktop</translation>
    </message>
    <message>
        <source>Retake Desktop {version}</source>
        <translation>Retake Desktop {version}</translation>
    </message>
    <message>
        <source>Redo one bad moment of a video and keep every other frame as it was shot. Free software under the GNU General Public License, version 3 or later. Retakes are made and billed by RunComfy; this app is not made by them.</source>
        <translation>重拍视频中不满意的一刻，其余每一帧保持原样。自由软件，遵循 GNU 通用公共许可证第 3 版或更高版本。重拍由 RunComfy 制作并计费；本应用并非由其开发。</translation>
    </message>
    <message>
        <source>Licences in full</source>
        <translation>许可证全文</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>What is inside</source>
        <translation>包含的组件</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>组件</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本号</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Copy versions</source>
        <translation>复制版本信息</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>installation</source>
        <translation>安装方式</translation>
    </message>
    <message>
        <source>system</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>machine</source>
        <translation>机器</translation>
    </message>
</context>
<context>
    <name>AddressSection</name>
    <message>
        <source>Or put this take&apos;s clip somewhere yourself</source>
        <translation>或者自己把这个版本的片段放到某处</translation>
    </message>
    <message>
        <source>Show the file</source>
        <translation>显示文件</translation>
    </message>
    <message>
        <source>Address of the clip</source>
        <translation>片段的地址</translation>
    </message>
    <message>
        <source>Use this address</source>
        <translation>使用此地址</translation>
    </message>
    <message>
        <source>Address result</source>
        <translation>地址检查结果</translation>
    </message>
    <message>
        <source>Upload {path} to a place that anybody can read without a login, and paste its address.</source>
        <translation>请把 {path} 上传到任何人无需登录即可读取的地方，然后粘贴它的地址。</translation>
    </message>
    <message>
        <source>Paste an address that begins with https:// first.</source>
        <translation>请先粘贴以 https:// 开头的地址。</translation>
    </message>
    <message>
        <source>Looking whether the clip is there…</source>
        <translation>正在查看片段是否在那里…</translation>
    </message>
</context>
<context>
    <name>Advanced</name>
    <message>
        <source>Advanced</source>
        <translation>高级</translation>
    </message>
    <message>
        <source> s</source>
        <translation> 秒</translation>
    </message>
    <message>
        <source>Surroundings sent on each side</source>
        <translation>每侧一并发送的前后文</translation>
    </message>
    <message>
        <source>Seconds before and after the selection that the model sees, so that new and old fit together.</source>
        <translation>选区前后让模型看到的秒数，使新旧画面衔接自然。</translation>
    </message>
    <message>
        <source>Send the whole clip</source>
        <translation>发送整个片段</translation>
    </message>
    <message>
        <source>Model id for this retake</source>
        <translation>本次重拍的模型 ID</translation>
    </message>
    <message>
        <source>Which of the service&apos;s models makes it. Settings hold the one to begin with.</source>
        <translation>由服务的哪个模型来制作。初始模型在设置中指定。</translation>
    </message>
    <message>
        <source>Another way</source>
        <translation>换一种方式</translation>
    </message>
    <message>
        <source>Surroundings</source>
        <translation>前后文</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>The model takes at most 20 seconds.</source>
        <translation>模型最多接受 20 秒。</translation>
    </message>
    <message>
        <source>Open a video first.</source>
        <translation>请先打开视频。</translation>
    </message>
    <message>
        <source>Sends all of the video instead of the selection and its surroundings.</source>
        <translation>发送整个视频，而不是选区及其前后文。</translation>
    </message>
    <message>
        <source>The clip stays on this computer: the demo service fetches it here.</source>
        <translation>片段留在这台电脑上：演示服务就在本机读取。</translation>
    </message>
    <message>
        <source>The clip travels through your storage and is deleted there afterwards.</source>
        <translation>片段经由您的存储空间传送，之后会在那里删除。</translation>
    </message>
    <message>
        <source>The clip travels inside the request.</source>
        <translation>片段随请求一起传送。</translation>
    </message>
    <message>
        <source>The whole clip is sent.</source>
        <translation>将发送整个片段。</translation>
    </message>
</context>
<context>
    <name>AdvancedSection</name>
    <message>
        <source>Advanced</source>
        <translation>高级</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>API address</source>
        <translation>API 地址</translation>
    </message>
    <message>
        <source>Proxy address</source>
        <translation>代理地址</translation>
    </message>
    <message>
        <source>Further certificates</source>
        <translation>额外的证书</translation>
    </message>
    <message>
        <source>none but the system&apos;s</source>
        <translation>仅使用系统证书</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>Clips on their way at a time</source>
        <translation>同时传送的片段数</translation>
    </message>
    <message>
        <source>Choose file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Use these</source>
        <translation>使用这些设置</translation>
    </message>
    <message>
        <source>Say when there is a newer version</source>
        <translation>有新版本时告诉我</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>This one:</source>
        <translation>使用这个：</translation>
    </message>
    <message>
        <source>RunComfy model</source>
        <translation>RunComfy 模型</translation>
    </message>
    <message>
        <source>Clips at a time</source>
        <translation>同时传送的片段</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>Model and number count at once, address, proxy and certificates with the button.</source>
        <translation>模型和数量立即生效；地址、代理和证书在按下按钮后生效。</translation>
    </message>
    <message>
        <source>Asks {address} at each start, and never downloads anything.</source>
        <translation>每次启动时询问 {address}，绝不下载任何内容。</translation>
    </message>
    <message>
        <source>Only for a proxy of your own choice.</source>
        <translation>仅用于您自己指定的代理。</translation>
    </message>
    <message>
        <source>Address, proxy and certificates are in use as they stand.</source>
        <translation>地址、代理和证书已按此处的设置使用。</translation>
    </message>
    <message>
        <source>Not in use yet.</source>
        <translation>尚未启用。</translation>
    </message>
    <message>
        <source>In use. Test the connection under Account.</source>
        <translation>已启用。请在“账户”中测试连接。</translation>
    </message>
    <message>
        <source>Certificates that are trusted as well</source>
        <translation>额外信任的证书</translation>
    </message>
    <message>
        <source>PEM files (*.pem *.crt)</source>
        <translation>PEM 文件 (*.pem *.crt)</translation>
    </message>
</context>
<context>
    <name>Announcing</name>
    <message numerus="yes">
        <source>%n take(s) need you</source>
        <translation>
            <numerusform>%n 个版本需要您处理</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n take(s) ready to review</source>
        <translation>
            <numerusform>%n 个版本可以审看</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{name}; %n more need you</source>
        <translation>
            <numerusform>{name}；另有 %n 个需要您处理</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BlindChoice</name>
    <message>
        <source>Blind choice</source>
        <translation>盲选</translation>
    </message>
    <message>
        <source>Which is the best?</source>
        <translation>哪一个最好？</translation>
    </message>
    <message>
        <source>Review the picked take</source>
        <translation>审看选中的版本</translation>
    </message>
    <message>
        <source>End the blind choice</source>
        <translation>结束盲选</translation>
    </message>
    <message>
        <source>Pick {letter}</source>
        <translation>选择 {letter}</translation>
    </message>
    <message>
        <source>You picked {letter}: {name}.</source>
        <translation>您选了 {letter}：{name}。</translation>
    </message>
    <message>
        <source>The choice is made.</source>
        <translation>已经选定。</translation>
    </message>
</context>
<context>
    <name>Candidates</name>
    <message>
        <source>Other takes of this moment</source>
        <translation>这一刻的其他版本</translation>
    </message>
    <message>
        <source>Against it</source>
        <translation>与它对比</translation>
    </message>
    <message>
        <source>Compare take with take</source>
        <translation>版本之间对比</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>Compare in a grid</source>
        <translation>以网格对比</translation>
    </message>
    <message>
        <source>Blind</source>
        <translation>盲选</translation>
    </message>
    <message>
        <source>Choose blind</source>
        <translation>不看名称进行选择</translation>
    </message>
    <message>
        <source>Before and after again</source>
        <translation>回到前后对比</translation>
    </message>
    <message>
        <source>Tick one or two takes first.</source>
        <translation>请先勾选一两个版本。</translation>
    </message>
    <message>
        <source>Tick one take first.</source>
        <translation>请先勾选一个版本。</translation>
    </message>
    <message>
        <source>Take {take}, {moment}</source>
        <translation>版本 {take}，{moment}</translation>
    </message>
</context>
<context>
    <name>ChangeMap</name>
    <message>
        <source>Change map</source>
        <translation>变化图</translation>
    </message>
</context>
<context>
    <name>Changed</name>
    <message>
        <source>Outside it {count} frames have changed, at {places}.</source>
        <translation>选区之外有 {count} 帧发生变化，位于 {places}。</translation>
    </message>
    <message>
        <source>The selection has changed.</source>
        <translation>选区已发生变化。</translation>
    </message>
    <message>
        <source>Nothing has changed in the selection.</source>
        <translation>选区内没有任何变化。</translation>
    </message>
    <message>
        <source>Nothing has changed outside it.</source>
        <translation>选区之外没有任何变化。</translation>
    </message>
</context>
<context>
    <name>CheckDialog</name>
    <message>
        <source>Is everything all right?</source>
        <translation>一切正常吗？</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>A retake cannot run on RunComfy yet; what is missing is marked.</source>
        <translation>还无法在 RunComfy 上重拍；缺少的项目已标出。</translation>
    </message>
    <message>
        <source>A retake can run.</source>
        <translation>可以重拍。</translation>
    </message>
    <message>
        <source>It is still being looked.</source>
        <translation>仍在检查。</translation>
    </message>
</context>
<context>
    <name>Choosing</name>
    <message>
        <source>Before</source>
        <translation>修改前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>修改后</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>原片</translation>
    </message>
</context>
<context>
    <name>ClipAdvice</name>
    <message>
        <source>This file is still being written, or was cut off: what is there so far is open. Open it again for the rest.</source>
        <translation>此文件仍在写入，或不完整：已打开现有部分。请稍后重新打开以查看其余部分。</translation>
    </message>
    <message>
        <source>This file is damaged: what lies before the damaged place is open.</source>
        <translation>此文件已损坏：已打开损坏处之前的内容。</translation>
    </message>
    <message>
        <source>The clock of this recording jumps. The picture is exact; convert it to MP4 to retake it with its sound.</source>
        <translation>此录像的时钟有跳变。画面是准确的；要连同声音重拍，请先转换为 MP4。</translation>
    </message>
    <message>
        <source>This file does not say when its frames are shown. They were laid out at its usual rate.</source>
        <translation>此文件没有说明各帧的显示时间，已按其常规帧率排列。</translation>
    </message>
    <message>
        <source>This video asks players to mirror it. It is shown and sent here as it was recorded.</source>
        <translation>此视频要求播放器镜像显示。这里按录制时的样子显示和发送。</translation>
    </message>
    <message>
        <source>This video is shorter than 2 seconds, the least that the model takes: it can only be looked at.</source>
        <translation>此视频短于模型所需的最少 2 秒：只能观看。</translation>
    </message>
    <message>
        <source>This video is HDR and the model works in standard range: look at the colours of a take before you keep it.</source>
        <translation>此视频为 HDR，而模型以标准动态范围工作：保留之前请查看版本的色彩。</translation>
    </message>
    <message>
        <source>The frames of this video come at uneven times, so a moment is sent at a constant rate; frames are never lost.</source>
        <translation>此视频各帧间隔不均匀，因此所选时刻以恒定帧率发送；不会丢失任何帧。</translation>
    </message>
    <message>
        <source>This video is larger than 1080p, in which the model answers: a new moment will have 1080p detail.</source>
        <translation>此视频大于模型输出的 1080p：新的时刻将只有 1080p 的细节。</translation>
    </message>
    <message>
        <source>This video was recorded turned, so it is shown and sent here as players show it: upright.</source>
        <translation>此视频是旋转着录制的，这里像播放器一样将其摆正后显示和发送。</translation>
    </message>
</context>
<context>
    <name>Coach</name>
    <message>
        <source>Next advice</source>
        <translation>下一条建议</translation>
    </message>
    <message>
        <source>There is more to say about this selection</source>
        <translation>关于这个选区还有其他提示</translation>
    </message>
    <message>
        <source>Dismiss advice</source>
        <translation>关闭建议</translation>
    </message>
    <message>
        <source>Do not say this of this video again</source>
        <translation>对此视频不再提示</translation>
    </message>
    <message>
        <source>Looking for the shot…</source>
        <translation>正在查找镜头…</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>{number}/{count}</translation>
    </message>
    <message>
        <source>Somebody speaks here: lips and voice may change, and an instruction may come back spoken.</source>
        <translation>这里有人说话：口型和声音可能改变，提示词也可能被念出来。</translation>
    </message>
    <message>
        <source>The in point cuts through speech.</source>
        <translation>入点切断了说话声。</translation>
    </message>
    <message>
        <source>The out point cuts through speech.</source>
        <translation>出点切断了说话声。</translation>
    </message>
    <message>
        <source>The in point lies in loud sound: the join may be heard.</source>
        <translation>入点处声音较大：可能听得出接缝。</translation>
    </message>
    <message>
        <source>The out point lies in loud sound: the join may be heard.</source>
        <translation>出点处声音较大：可能听得出接缝。</translation>
    </message>
    <message>
        <source>Move to pause</source>
        <translation>移到停顿处</translation>
    </message>
    <message>
        <source>Stop at cut</source>
        <translation>止于切换点</translation>
    </message>
    <message>
        <source>Move to quiet</source>
        <translation>移到安静处</translation>
    </message>
    <message>
        <source>Somebody speaks here: the lips may change and no longer fit the words.</source>
        <translation>这里有人说话：口型可能改变，与话语不再吻合。</translation>
    </message>
    <message>
        <source>Somebody speaks here: the voice may change, and an instruction may come back spoken.</source>
        <translation>这里有人说话：声音可能改变，提示词也可能被念出来。</translation>
    </message>
    <message>
        <source>There is a shot cut in the selection, at {time}.</source>
        <translation>选区内 {time} 处有镜头切换。</translation>
    </message>
</context>
<context>
    <name>CompareBar</name>
    <message>
        <source>Flip</source>
        <translation>翻转</translation>
    </message>
    <message>
        <source>Amplification</source>
        <translation>放大倍数</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Magnifier</source>
        <translation>放大镜</translation>
    </message>
    <message>
        <source>Magnifier (M)</source>
        <translation>放大镜 (M)</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Full screen (F11)</source>
        <translation>全屏 (F11)</translation>
    </message>
    <message>
        <source>In seam</source>
        <translation>入点接缝</translation>
    </message>
    <message>
        <source>Loop one second around the in point (5)</source>
        <translation>循环播放入点前后各一秒 (5)</translation>
    </message>
    <message>
        <source>Out seam</source>
        <translation>出点接缝</translation>
    </message>
    <message>
        <source>Loop one second around the out point (6)</source>
        <translation>循环播放出点前后各一秒 (6)</translation>
    </message>
    <message>
        <source>Flip between before and after (B)</source>
        <translation>在修改前与修改后之间切换 (B)</translation>
    </message>
    <message>
        <source>Choose A/B to flip.</source>
        <translation>选择“A/B”后才能切换。</translation>
    </message>
    <message>
        <source>How many times the difference is amplified</source>
        <translation>差异放大的倍数</translation>
    </message>
    <message>
        <source>Choose Difference to amplify.</source>
        <translation>选择“差异”后才能放大。</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
</context>
<context>
    <name>CompareView</name>
    <message>
        <source>Wipe divider</source>
        <translation>划像分界线</translation>
    </message>
    <message>
        <source>{percent} % before</source>
        <translation>{percent} % 为修改前</translation>
    </message>
    <message>
        <source>Before and after</source>
        <translation>前后对比</translation>
    </message>
    <message>
        <source>No picture yet</source>
        <translation>还没有画面</translation>
    </message>
    <message>
        <source>showing {label}</source>
        <translation>正在显示{label}</translation>
    </message>
    <message>
        <source>the take shows nothing here</source>
        <translation>版本在此处没有内容</translation>
    </message>
    <message>
        <source>frame {index} of the take</source>
        <translation>版本的第 {index} 帧</translation>
    </message>
    <message>
        <source>The take does not cover this instant.</source>
        <translation>版本不包含这一瞬间。</translation>
    </message>
    <message>
        <source>Difference, {times} times amplified</source>
        <translation>差异，放大 {times} 倍</translation>
    </message>
    <message>
        <source>{label} · Demo</source>
        <translation>{label} · 演示</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>修改前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>修改后</translation>
    </message>
</context>
<context>
    <name>ComposePanel</name>
    <message>
        <source>Takes</source>
        <translation>版本数</translation>
    </message>
    <message>
        <source>How many versions to ask for; each is billed.</source>
        <translation>要制作几个版本；每个都会计费。</translation>
    </message>
    <message>
        <source>The new moment will have 1080p detail: that is the size in which the model answers.</source>
        <translation>新的时刻将是 1080p 细节：模型以此尺寸输出。</translation>
    </message>
    <message>
        <source>Retake</source>
        <translation>重拍</translation>
    </message>
    <message>
        <source>What should happen instead?</source>
        <translation>应该变成什么样？</translation>
    </message>
    <message>
        <source>Number of takes</source>
        <translation>版本数量</translation>
    </message>
    <message>
        <source>Sends the selection to the service.</source>
        <translation>把选区发送给服务。</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Ctrl+Enter</translation>
    </message>
    <message>
        <source>Putting your retake on record…</source>
        <translation>正在记录您的重拍…</translation>
    </message>
    <message>
        <source>This is above your limit for a day.</source>
        <translation>这超过了您的每日限额。</translation>
    </message>
    <message>
        <source>Answer the question above first.</source>
        <translation>请先回答上面的问题。</translation>
    </message>
</context>
<context>
    <name>Decisions</name>
    <message>
        <source>Keeping</source>
        <translation>正在保留</translation>
    </message>
    <message>
        <source>Stop keeping</source>
        <translation>停止保留</translation>
    </message>
    <message>
        <source>Nothing will have been changed</source>
        <translation>不会有任何改动</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>弃用</translation>
    </message>
    <message>
        <source>Back to editing, with this take&apos;s prompt and selection</source>
        <translation>回到编辑，沿用此版本的提示词和选区</translation>
    </message>
    <message>
        <source>Retake again</source>
        <translation>再次重拍</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Show the film</source>
        <translation>查看成片</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>取出</translation>
    </message>
    <message>
        <source>Makes the film anew without this moment</source>
        <translation>重新制作不含这一刻的成片</translation>
    </message>
    <message>
        <source>Opens the finished film, to change another moment or this one again; nothing is encoded twice</source>
        <translation>打开成片，以修改另一刻或再次修改这一刻；不会重复编码</translation>
    </message>
    <message>
        <source>Use as source</source>
        <translation>作为素材使用</translation>
    </message>
    <message>
        <source>Finding out which frames Keep would re-encode…</source>
        <translation>正在确定保留时需要重新编码哪些帧…</translation>
    </message>
    <message>
        <source>The film is being put together.</source>
        <translation>正在合成成片。</translation>
    </message>
    <message>
        <source>Take it out of the film first.</source>
        <translation>请先将它从成片中取出。</translation>
    </message>
    <message>
        <source>The finished film:
{path}</source>
        <translation>成片：
{path}</translation>
    </message>
    <message>
        <source>Show the take</source>
        <translation>查看版本</translation>
    </message>
    <message>
        <source>It is kept already. Move a seam to make the film anew.</source>
        <translation>已经保留。移动接缝可重新制作成片。</translation>
    </message>
</context>
<context>
    <name>DragOut</name>
    <message>
        <source>File to drag</source>
        <translation>可拖动的文件</translation>
    </message>
    <message>
        <source>{name}; Ctrl+C copies the file</source>
        <translation>{name}；按 Ctrl+C 复制文件</translation>
    </message>
    <message>
        <source>Drag it into a folder or an editor, or copy it with Ctrl+C
{path}</source>
        <translation>拖到文件夹或剪辑软件中，或按 Ctrl+C 复制
{path}</translation>
    </message>
</context>
<context>
    <name>Drop</name>
    <message>
        <source>That is not a video file. Drop an MP4, MOV, MKV or WebM file.</source>
        <translation>这不是视频文件。请拖入 MP4、MOV、MKV 或 WebM 文件。</translation>
    </message>
    <message>
        <source>Only https addresses are fetched. Download the video, then drop the file.</source>
        <translation>只能获取 https 地址。请下载视频，然后拖入文件。</translation>
    </message>
    <message>
        <source>There is no video in that folder. Drop an MP4, MOV, MKV or WebM file.</source>
        <translation>该文件夹中没有视频。请拖入 MP4、MOV、MKV 或 WebM 文件。</translation>
    </message>
    <message>
        <source>Drop to fetch the video from {host} and open it</source>
        <translation>松开即从 {host} 获取视频并打开</translation>
    </message>
    <message>
        <source>Drop to open {name}</source>
        <translation>松开以打开 {name}</translation>
    </message>
    <message>
        <source>Takes go on. This video keeps its selection and prompt.</source>
        <translation>重拍会继续进行。此视频会保留其选区和提示词。</translation>
    </message>
    <message>
        <source>Opened the first of {count} files. The others were left out: one video at a time.</source>
        <translation>已打开 {count} 个文件中的第一个，其余未打开：一次一个视频。</translation>
    </message>
    <message>
        <source>Drop to open {name}; the other files are left out</source>
        <translation>松开以打开 {name}；其他文件不会打开</translation>
    </message>
</context>
<context>
    <name>ExportMenu</name>
    <message>
        <source>Result as it came…</source>
        <translation>服务返回的原始结果…</translation>
    </message>
    <message>
        <source>Finished film…</source>
        <translation>成片…</translation>
    </message>
    <message>
        <source>Before and after side by side, as a video…</source>
        <translation>前后并排，导出为视频…</translation>
    </message>
    <message>
        <source>Before and after as a wipe, as a video…</source>
        <translation>前后划像，导出为视频…</translation>
    </message>
    <message>
        <source>Before and after of this frame, as a picture…</source>
        <translation>此帧的前后对比，导出为图片…</translation>
    </message>
    <message>
        <source>Prompt, times, cost and ids…</source>
        <translation>提示词、时间、费用和 ID…</translation>
    </message>
    <message>
        <source>Keep the take first.</source>
        <translation>请先保留此版本。</translation>
    </message>
    <message>
        <source>Only its sound was made anew.</source>
        <translation>只重做了声音。</translation>
    </message>
</context>
<context>
    <name>Exporting</name>
    <message>
        <source>Save as</source>
        <translation>另存为</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>Text (*.txt)</source>
        <translation>文本 (*.txt)</translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation>图片 (*.png)</translation>
    </message>
    <message>
        <source>Video (*.mp4)</source>
        <translation>视频 (*.mp4)</translation>
    </message>
    <message>
        <source>After · Demo</source>
        <translation>之后 · 演示</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>修改前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>修改后</translation>
    </message>
    <message>
        <source>Making the before and after video… {percent} %</source>
        <translation>正在制作前后对比视频… {percent} %</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>{name} was not replaced: it is the original, or a result that was paid for. Export under another name.</source>
        <translation>{name} 未被覆盖：它是原视频，或是已付费的结果。请用其他名称导出。</translation>
    </message>
    <message>
        <source>Stopped. Nothing was written.</source>
        <translation>已停止。没有写入任何文件。</translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message>
        <source>Take facts</source>
        <translation>版本详情</translation>
    </message>
    <message>
        <source>Copy request id</source>
        <translation>复制请求 ID</translation>
    </message>
    <message>
        <source>Copy the request id, for RunComfy&apos;s support or their generations page</source>
        <translation>复制请求 ID，可提供给 RunComfy 客服或在其生成记录页面查找</translation>
    </message>
    <message>
        <source>Request {id}</source>
        <translation>请求 {id}</translation>
    </message>
    <message>
        <source>Demo service: free</source>
        <translation>演示服务：免费</translation>
    </message>
    <message>
        <source>Made anew</source>
        <translation>重做内容</translation>
    </message>
    <message>
        <source>In</source>
        <translation>入点</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>出点</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Made by</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>请求时间</translation>
    </message>
    <message>
        <source>Waited</source>
        <translation>排队</translation>
    </message>
    <message>
        <source>Ran</source>
        <translation>制作</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>总计</translation>
    </message>
    <message>
        <source>the picture</source>
        <translation>画面</translation>
    </message>
    <message>
        <source>the sound</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>picture with sound</source>
        <translation>画面和声音</translation>
    </message>
    <message>
        <source>{seconds}, {width} × {height}, {rate} frames a second</source>
        <translation>{seconds}，{width} × {height}，每秒 {rate} 帧</translation>
    </message>
    <message>
        <source>Came back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Timing</source>
        <translation>对齐</translation>
    </message>
    <message>
        <source>Elsewhere</source>
        <translation>其他部分</translation>
    </message>
    <message>
        <source>Sound elsewhere</source>
        <translation>其他部分的声音</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>{cost}, estimated {guess}</source>
        <translation>{cost}，预估 {guess}</translation>
    </message>
    <message>
        <source>not told yet, estimated {guess}</source>
        <translation>尚未告知，预估 {guess}</translation>
    </message>
</context>
<context>
    <name>FarewellBar</name>
    <message>
        <source>Don&apos;t say this again</source>
        <translation>不再提示</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>留下</translation>
    </message>
    <message>
        <source>Close now</source>
        <translation>立即关闭</translation>
    </message>
    <message>
        <source>Close now ({seconds})</source>
        <translation>立即关闭（{seconds}）</translation>
    </message>
</context>
<context>
    <name>Figures</name>
    <message>
        <source>Selection start</source>
        <translation>选区起点</translation>
    </message>
    <message>
        <source>Selection end</source>
        <translation>选区终点</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>to</source>
        <translation>到</translation>
    </message>
    <message>
        <source>{seconds} selected</source>
        <translation>已选 {seconds}</translation>
    </message>
</context>
<context>
    <name>FilesSection</name>
    <message>
        <source>Files and cache</source>
        <translation>文件与缓存</translation>
    </message>
    <message>
        <source>Room for previews, in gigabytes</source>
        <translation>预览可用空间（GB）</translation>
    </message>
    <message>
        <source> GB</source>
        <translation> GB</translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>正在计算…</translation>
    </message>
    <message>
        <source>Clear previews</source>
        <translation>清除预览</translation>
    </message>
    <message>
        <source>Choose folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Usual folder</source>
        <translation>默认文件夹</translation>
    </message>
    <message>
        <source>Show results and records</source>
        <translation>显示结果和记录</translation>
    </message>
    <message>
        <source>What of mine lies where?</source>
        <translation>我的数据都在哪里？</translation>
    </message>
    <message>
        <source>Previews may take</source>
        <translation>预览最多占用</translation>
    </message>
    <message>
        <source>Previews are filmstrips, waveforms and frame times, and are made again when needed. Results, finished films and the record of what was paid are kept elsewhere; clearing never touches them.</source>
        <translation>预览是缩略图条、波形和帧时间，需要时会重新生成。结果、成片和付费记录保存在别处，清除预览绝不会影响它们。</translation>
    </message>
    <message>
        <source>They take {size} now.</source>
        <translation>目前占用 {size}。</translation>
    </message>
    <message>
        <source>There are no previews.</source>
        <translation>没有预览。</translation>
    </message>
    <message>
        <source>They lie in {folder}.</source>
        <translation>它们位于 {folder}。</translation>
    </message>
    <message>
        <source>They lie where the system keeps what may be lost.</source>
        <translation>它们位于系统存放可丢弃内容的地方。</translation>
    </message>
    <message>
        <source>They lie there already.</source>
        <translation>它们已经在那里。</translation>
    </message>
    <message>
        <source>Folder for previews</source>
        <translation>预览文件夹</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>You are on the demo service: retakes are made here with a plain effect, and cost nothing.</source>
        <translation>您正在使用演示服务：重拍在本机以简单效果完成，不收费。</translation>
    </message>
</context>
<context>
    <name>FromBelow</name>
    <message>
        <source>Every picture is copied as it is.</source>
        <translation>每一帧画面都原样复制。</translation>
    </message>
    <message>
        <source>1 frame is encoded, for the new moment and to its next seam; all others are copied as they are.</source>
        <translation>为新的时刻及其下一个接缝编码 1 帧；其余全部原样复制。</translation>
    </message>
    <message>
        <source>{count} frames are encoded, for the new moment and to its next seam; all others are copied as they are.</source>
        <translation>为新的时刻及其下一个接缝编码 {count} 帧；其余全部原样复制。</translation>
    </message>
    <message>
        <source>{before} The new moment came back in standard range and is converted to the original&apos;s HDR colours.</source>
        <translation>{before}新的时刻以标准动态范围返回，已转换为原片的 HDR 色彩。</translation>
    </message>
    <message>
        <source>The whole picture is encoded once more, at high quality. {why}</source>
        <translation>整个画面以高质量重新编码一次。{why}</translation>
    </message>
    <message>
        <source>There is no place in it where copying could stop or start again.</source>
        <translation>其中没有可以停止或重新开始复制的位置。</translation>
    </message>
    <message>
        <source>Copying was tried, but FFmpeg refused it ({detail}).</source>
        <translation>尝试过复制，但 FFmpeg 拒绝了（{detail}）。</translation>
    </message>
    <message>
        <source>Copying was tried, but {detail}.</source>
        <translation>尝试过复制，但是：{detail}。</translation>
    </message>
    <message>
        <source>Only H.264 and HEVC can be joined without that; this is {codec}.</source>
        <translation>只有 H.264 和 HEVC 可以免于重新编码；此视频是 {codec}。</translation>
    </message>
    <message>
        <source>Its pixels ({format}) are not the 4:2:0 that can be joined without that.</source>
        <translation>其像素格式（{format}）不是可以免于重新编码的 4:2:0。</translation>
    </message>
    <message>
        <source>Its container is none whose packets can be copied safely.</source>
        <translation>其容器格式的数据包无法安全复制。</translation>
    </message>
    <message>
        <source>Its size is odd, which the encoder does not take.</source>
        <translation>其尺寸为奇数，编码器不接受。</translation>
    </message>
    <message>
        <source>It is interlaced.</source>
        <translation>它是隔行扫描的。</translation>
    </message>
    <message>
        <source>Its profile ({profile}) is none that the encoder can match.</source>
        <translation>编码器无法匹配其配置（{profile}）。</translation>
    </message>
    <message>
        <source>It holds a second layer (spatial video).</source>
        <translation>它包含第二层（空间视频）。</translation>
    </message>
    <message>
        <source>Its packets do not match its frames one by one.</source>
        <translation>其数据包与帧不是一一对应。</translation>
    </message>
    <message>
        <source>Its headers cannot be read ({detail}).</source>
        <translation>无法读取其头信息（{detail}）。</translation>
    </message>
    <message>
        <source>Its container stores no presentation times.</source>
        <translation>其容器没有存储显示时间。</translation>
    </message>
    <message>
        <source>Its container changes the decoder&apos;s set-up on the way.</source>
        <translation>其容器中途更改了解码器设置。</translation>
    </message>
    <message>
        <source>An edit list hides some of its frames.</source>
        <translation>编辑列表隐藏了部分帧。</translation>
    </message>
    <message>
        <source>Its headers have no room for new ones ({detail}).</source>
        <translation>其头信息没有容纳新内容的空间（{detail}）。</translation>
    </message>
    <message>
        <source>Its decoding times leave no room for the new pictures&apos; order.</source>
        <translation>其解码时间没有为新画面的顺序留出余地。</translation>
    </message>
    <message>
        <source>It was read differently the second time.</source>
        <translation>第二次读取的结果不同。</translation>
    </message>
    <message>
        <source>The encoder describes its pictures differently from one stretch to the next.</source>
        <translation>编码器在各段之间对画面的描述不同。</translation>
    </message>
    <message>
        <source>It uses all ids that a new parameter set could have.</source>
        <translation>新参数集可用的 ID 已全部占用。</translation>
    </message>
    <message>
        <source>There is no sound.</source>
        <translation>没有声音。</translation>
    </message>
    <message>
        <source>All sound is copied as it is.</source>
        <translation>所有声音都原样复制。</translation>
    </message>
    <message>
        <source>The sound is encoded once more, at high quality. {why}</source>
        <translation>声音以高质量重新编码一次。{why}</translation>
    </message>
    <message>
        <source>{part} of {count} packets of sound are encoded, around the new moment; all others are copied as they are.</source>
        <translation>在新的时刻周围编码 {count} 个声音数据包中的 {part} 个；其余全部原样复制。</translation>
    </message>
    <message>
        <source>Only AAC can be joined without that.</source>
        <translation>只有 AAC 可以免于重新编码。</translation>
    </message>
    <message>
        <source>Only plain AAC (LC) can be joined without that.</source>
        <translation>只有普通 AAC（LC）可以免于重新编码。</translation>
    </message>
    <message>
        <source>Its packets do not join without a click.</source>
        <translation>其数据包拼接时会有爆音。</translation>
    </message>
    <message>
        <source>Its packets are not all of the usual length.</source>
        <translation>其数据包长度并不都是通常的长度。</translation>
    </message>
    <message>
        <source>Its track holds nothing.</source>
        <translation>其音轨是空的。</translation>
    </message>
    <message>
        <source>Its track has gaps.</source>
        <translation>其音轨有间断。</translation>
    </message>
    <message>
        <source>{way}; {count} MB: the service may take long to fetch it, or refuse it above 32 MB</source>
        <translation>{way}；{count} MB：服务可能需要较长时间获取，超过 32 MB 也可能拒绝</translation>
    </message>
    <message>
        <source>{way}, because {reason}</source>
        <translation>{way}，因为{reason}</translation>
    </message>
    <message>
        <source>through the demo service</source>
        <translation>经由演示服务发送</translation>
    </message>
    <message>
        <source>inside the request (not documented for this model)</source>
        <translation>随请求发送（此模型的文档未说明这种方式）</translation>
    </message>
    <message>
        <source>through your storage, {place}</source>
        <translation>经由您的存储空间 {place} 发送</translation>
    </message>
    <message>
        <source>from the address that you gave</source>
        <translation>从您提供的地址发送</translation>
    </message>
    <message>
        <source>no storage is set up</source>
        <translation>没有设置存储空间</translation>
    </message>
    <message>
        <source>it is set up</source>
        <translation>已设置好</translation>
    </message>
    <message>
        <source>you chose it</source>
        <translation>您选择了它</translation>
    </message>
    <message>
        <source>the very same file lies there</source>
        <translation>那里有完全相同的文件</translation>
    </message>
    <message>
        <source>the service did not take the clip inside the request</source>
        <translation>服务不接受随请求发送的片段</translation>
    </message>
    <message>
        <source>the demo service has a place of its own on this machine</source>
        <translation>演示服务在本机有自己的位置</translation>
    </message>
    <message>
        <source>VLC was not found on this computer. Install VLC 3 to hear the sound.</source>
        <translation>在这台电脑上没有找到 VLC。请安装 VLC 3 以听到声音。</translation>
    </message>
    <message>
        <source>VLC was found, but it does not start. Install VLC 3 again to hear the sound.</source>
        <translation>找到了 VLC，但无法启动。请重新安装 VLC 3 以听到声音。</translation>
    </message>
    <message>
        <source>Sound plays through libVLC.</source>
        <translation>声音通过 libVLC 播放。</translation>
    </message>
    <message>
        <source>Videos play without sound until VLC 3 is installed; retakes work without it.</source>
        <translation>在安装 VLC 3 之前视频无声播放；重拍不受影响。</translation>
    </message>
    <message>
        <source>{version}, with all that is needed.</source>
        <translation>{version}，所需部分齐全。</translation>
    </message>
    <message>
        <source>Without {parts}.</source>
        <translation>缺少 {parts}。</translation>
    </message>
    <message>
        <source>Install Retake Desktop again: its own FFmpeg came without them.</source>
        <translation>请重新安装 Retake Desktop：自带的 FFmpeg 缺少这些部分。</translation>
    </message>
    <message>
        <source>Decoding runs on the processor, for the exact frame.</source>
        <translation>为了精确到帧，解码在处理器上进行。</translation>
    </message>
    <message>
        <source>Decoding runs on the processor, for the exact frame; FFmpeg would know here: {names}.</source>
        <translation>为获得准确的帧，解码在处理器上进行；FFmpeg 在此可用的有：{names}。</translation>
    </message>
    <message>
        <source>{count} GB free in {folder}.</source>
        <translation>{folder} 中有 {count} GB 可用空间。</translation>
    </message>
    <message>
        <source>Free some space: a few retakes and a finished film need about 1 GB.</source>
        <translation>请腾出一些空间：几次重拍和一部成片大约需要 1 GB。</translation>
    </message>
    <message>
        <source>All folders of the app can be written.</source>
        <translation>应用的所有文件夹都可写入。</translation>
    </message>
    <message>
        <source>Cannot be written: {folders}.</source>
        <translation>无法写入：{folders}。</translation>
    </message>
    <message>
        <source>Make them yours to read and write, or free some space on their disk.</source>
        <translation>请为自己授予读写权限，或在其磁盘上腾出空间。</translation>
    </message>
    <message>
        <source>It answers, and holds no token.</source>
        <translation>密钥环可以使用，其中没有令牌。</translation>
    </message>
    <message>
        <source>The token comes from RUNCOMFY_API_TOKEN, which wins over the keyring.</source>
        <translation>令牌来自 RUNCOMFY_API_TOKEN，它优先于密钥环。</translation>
    </message>
    <message>
        <source>The token is kept for this session only.</source>
        <translation>令牌仅保留到本次会话结束。</translation>
    </message>
    <message>
        <source>The token comes from the keyring.</source>
        <translation>令牌来自密钥环。</translation>
    </message>
    <message>
        <source>None set up; clips travel inside the request (experimental).</source>
        <translation>没有设置；片段随请求发送（实验性）。</translation>
    </message>
    <message>
        <source>Set up ({kind}), and not tried now.</source>
        <translation>已设置（{kind}），这次没有测试。</translation>
    </message>
    <message>
        <source>{place} takes and gives clips.</source>
        <translation>{place} 可以存取片段。</translation>
    </message>
    <message>
        <source>Open Settings, How clips get to RunComfy, and test it there step by step.</source>
        <translation>请打开“设置”中的“片段如何到达 RunComfy”，在那里逐步测试。</translation>
    </message>
    <message>
        <source>Accepted.</source>
        <translation>已接受。</translation>
    </message>
    <message>
        <source>{address} answers.</source>
        <translation>{address} 有响应。</translation>
    </message>
    <message>
        <source>{model} is offered, {price}.</source>
        <translation>提供 {model}，{price}。</translation>
    </message>
    <message>
        <source>hardware decoding</source>
        <translation>硬件解码</translation>
    </message>
    <message>
        <source>disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>folders</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>keyring</source>
        <translation>密钥环</translation>
    </message>
    <message>
        <source>bucket</source>
        <translation>存储桶</translation>
    </message>
    <message>
        <source>service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>price not known</source>
        <translation>价格未知</translation>
    </message>
    <message>
        <source>${amount} per {unit}</source>
        <translation>每{unit} ${amount}</translation>
    </message>
    <message>
        <source>second</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>output</source>
        <translation>个结果</translation>
    </message>
    <message>
        <source>video</source>
        <translation>个视频</translation>
    </message>
    <message>
        <source>this system has none</source>
        <translation>此系统没有密钥环</translation>
    </message>
    <message>
        <source>the app is closing</source>
        <translation>应用正在关闭</translation>
    </message>
    <message>
        <source>it is locked, and the question for its password was dismissed</source>
        <translation>它已锁定，而询问密码的对话框被关闭</translation>
    </message>
    <message>
        <source>it is locked, and the question for its password could not be shown</source>
        <translation>它已锁定，而询问密码的对话框无法显示</translation>
    </message>
    <message>
        <source>its question was dismissed</source>
        <translation>它的询问被关闭</translation>
    </message>
    <message>
        <source>its question could not be shown</source>
        <translation>它的询问无法显示</translation>
    </message>
    <message>
        <source>it does not answer; it may have been stopped</source>
        <translation>它没有响应，可能已被停止</translation>
    </message>
    <message>
        <source>it did not keep what it was given</source>
        <translation>它没有保存交给它的内容</translation>
    </message>
    <message>
        <source>the settings were unreadable, see {file}</source>
        <translation>设置无法读取，参见 {file}</translation>
    </message>
    <message>
        <source>the API token {what}; copy it again from your RunComfy profile</source>
        <translation>API 令牌{what}；请从您的 RunComfy 个人资料页重新复制</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>为空</translation>
    </message>
    <message>
        <source>contains a line break, a blank or a letter that no token has</source>
        <translation>含有换行、空格或令牌中不会出现的字符</translation>
    </message>
    <message>
        <source>RUNCOMFY_API_URL must be an https address (plain http on this machine only)</source>
        <translation>RUNCOMFY_API_URL 必须是 https 地址（仅本机可用普通 http）</translation>
    </message>
    <message>
        <source>the model id must look like ltx/ltx-2/retake-video</source>
        <translation>模型 ID 的格式应如 ltx/ltx-2/retake-video</translation>
    </message>
    <message>
        <source>a request id holds letters, digits, - and _ only</source>
        <translation>请求 ID 只能包含字母、数字、- 和 _</translation>
    </message>
    <message>
        <source>the proxy must be an address like http://host:8080</source>
        <translation>代理必须是类似 http://host:8080 的地址</translation>
    </message>
    <message>
        <source>the file of certificates cannot be read</source>
        <translation>证书文件无法读取</translation>
    </message>
    <message>
        <source>the file is not there</source>
        <translation>文件不存在</translation>
    </message>
    <message>
        <source>it may not be read</source>
        <translation>没有读取权限</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>它是一个文件夹</translation>
    </message>
    <message>
        <source>it is not a regular file</source>
        <translation>它不是普通文件</translation>
    </message>
    <message>
        <source>the path cannot be used</source>
        <translation>路径无法使用</translation>
    </message>
    <message>
        <source>its name is no proper text; rename it first</source>
        <translation>文件名不是正常文本；请先重命名</translation>
    </message>
    <message>
        <source>the folder for the new file is not there</source>
        <translation>新文件所在的文件夹不存在</translation>
    </message>
    <message>
        <source>about {needed} MB are needed, {free} MB are free</source>
        <translation>约需 {needed} MB，可用 {free} MB</translation>
    </message>
    <message>
        <source>a result needs {needed} MB in {folder}</source>
        <translation>结果需要 {folder} 中有 {needed} MB 空间</translation>
    </message>
    <message>
        <source>{needed} MB are needed in {folder}</source>
        <translation>{folder} 中需要 {needed} MB 空间</translation>
    </message>
    <message>
        <source>{count} could not be deleted; it is tried again later</source>
        <translation>{count} 个无法删除；稍后会再试</translation>
    </message>
    <message>
        <source>{count} file(s) could not be deleted there</source>
        <translation>那里有 {count} 个文件无法删除</translation>
    </message>
    <message>
        <source>takes on the demo service are still being made</source>
        <translation>演示服务上仍有版本正在制作</translation>
    </message>
    <message>
        <source>the record of this job cannot be read</source>
        <translation>此任务的记录无法读取</translation>
    </message>
    <message>
        <source>a record cannot be written or read as text</source>
        <translation>有一条记录无法作为文本写入或读取</translation>
    </message>
    <message>
        <source>the record of spending is held by another process</source>
        <translation>花费记录正被另一个进程占用</translation>
    </message>
    <message>
        <source>the file is empty</source>
        <translation>文件是空的</translation>
    </message>
    <message>
        <source>it is an image</source>
        <translation>它是一张图片</translation>
    </message>
    <message>
        <source>it is not a video that can be read</source>
        <translation>它不是可以读取的视频</translation>
    </message>
    <message>
        <source>it is damaged or not a video</source>
        <translation>它已损坏或不是视频</translation>
    </message>
    <message>
        <source>it holds no frames</source>
        <translation>其中没有任何帧</translation>
    </message>
    <message>
        <source>its video codec is not known</source>
        <translation>其视频编码未知</translation>
    </message>
    <message>
        <source>its picture is too large: {width} x {height}</source>
        <translation>其画面过大：{width} x {height}</translation>
    </message>
    <message>
        <source>none of its frames can be decoded</source>
        <translation>其中没有任何一帧可以解码</translation>
    </message>
    <message>
        <source>its first picture cannot be shown</source>
        <translation>其第一帧画面无法显示</translation>
    </message>
    <message>
        <source>there is not enough memory for it</source>
        <translation>内存不足</translation>
    </message>
    <message>
        <source>reading it got stuck</source>
        <translation>读取时卡住了</translation>
    </message>
    <message>
        <source>internal error: {name}</source>
        <translation>内部错误：{name}</translation>
    </message>
    <message>
        <source>the file has changed since it was opened</source>
        <translation>文件在打开之后被更改</translation>
    </message>
    <message>
        <source>nothing can be decoded from frame {index} on</source>
        <translation>从第 {index} 帧起无法解码</translation>
    </message>
    <message>
        <source>frame {index} cannot be decoded</source>
        <translation>第 {index} 帧无法解码</translation>
    </message>
    <message>
        <source>the video cannot be opened any more</source>
        <translation>视频无法再打开</translation>
    </message>
    <message>
        <source>the video holds no picture</source>
        <translation>视频中没有画面</translation>
    </message>
    <message>
        <source>stopped while filtering the video</source>
        <translation>处理视频时被停止</translation>
    </message>
    <message>
        <source>{error} while filtering the video</source>
        <translation>处理视频时出现 {error}</translation>
    </message>
    <message>
        <source>the filmstrip cannot be decoded</source>
        <translation>缩略图条无法解码</translation>
    </message>
    <message>
        <source>the shots cannot be found</source>
        <translation>无法找到镜头</translation>
    </message>
    <message>
        <source>the sound cannot be decoded</source>
        <translation>声音无法解码</translation>
    </message>
    <message>
        <source>the program that reads it broke down</source>
        <translation>读取它的程序出错退出</translation>
    </message>
    <message>
        <source>{device} does not decode this</source>
        <translation>{device} 无法解码此视频</translation>
    </message>
    <message>
        <source>the sound cannot be measured</source>
        <translation>声音无法测量</translation>
    </message>
    <message>
        <source>the sound cannot be played</source>
        <translation>声音无法播放</translation>
    </message>
    <message>
        <source>The video is shorter than 2 seconds, the least the model takes.</source>
        <translation>视频短于 2 秒，而这是模型接受的最短长度。</translation>
    </message>
    <message>
        <source>The video cannot be made as small as {bytes} bytes.</source>
        <translation>视频无法压缩到 {bytes} 字节。</translation>
    </message>
    <message>
        <source>The video has no sound track {track}; it has {count}.</source>
        <translation>视频没有第 {track} 条音轨；共有 {count} 条。</translation>
    </message>
    <message>
        <source>preparing the video failed</source>
        <translation>准备视频失败</translation>
    </message>
    <message>
        <source>the disk filled up while preparing the video</source>
        <translation>准备视频时磁盘已满</translation>
    </message>
    <message>
        <source>the video has changed since Retake was pressed</source>
        <translation>视频在按下“重拍”之后被更改</translation>
    </message>
    <message>
        <source>the prepared window has vanished</source>
        <translation>准备好的片段不见了</translation>
    </message>
    <message>
        <source>the clip is too large to travel inside the request</source>
        <translation>片段过大，无法放在请求内发送</translation>
    </message>
    <message>
        <source>no video lies at that address, but something else, say a page</source>
        <translation>该地址上不是视频，而是别的内容，例如网页</translation>
    </message>
    <message>
        <source>another video lies at that address than the one on this computer</source>
        <translation>该地址上的视频与本机上的不是同一个</translation>
    </message>
    <message>
        <source>the video has {size} MB and the service takes {limit} MB; select a shorter moment of the file on this computer, or make it smaller first</source>
        <translation>视频有 {size} MB，而服务最多接受 {limit} MB；请在本机文件中选择较短的时刻，或先将其压缩</translation>
    </message>
    <message>
        <source>the secret for {place} is not in the keyring</source>
        <translation>{place} 的密钥不在密钥环中</translation>
    </message>
    <message>
        <source>this retake does not wait for an address</source>
        <translation>此次重拍并未在等待地址</translation>
    </message>
    <message>
        <source>the upload broke off</source>
        <translation>上传中断</translation>
    </message>
    <message>
        <source>the upload was answered with HTTP {status}</source>
        <translation>上传得到的回应是 HTTP {status}</translation>
    </message>
    <message>
        <source>the upload&apos;s answer names no address</source>
        <translation>上传的回应没有给出地址</translation>
    </message>
    <message>
        <source>the connection broke</source>
        <translation>连接中断</translation>
    </message>
    <message>
        <source>no answer in time</source>
        <translation>没有及时回应</translation>
    </message>
    <message>
        <source>its answer is far too long</source>
        <translation>其回应过长</translation>
    </message>
    <message>
        <source>it named no request id</source>
        <translation>它没有给出请求 ID</translation>
    </message>
    <message>
        <source>it answered with JSON of an unexpected form</source>
        <translation>它的回应是格式意外的 JSON</translation>
    </message>
    <message>
        <source>it answered with {what}</source>
        <translation>它的回应是{what}</translation>
    </message>
    <message>
        <source>a web page</source>
        <translation>网页</translation>
    </message>
    <message>
        <source>something that is not JSON</source>
        <translation>非 JSON 内容</translation>
    </message>
    <message>
        <source>too many redirects</source>
        <translation>重定向过多</translation>
    </message>
    <message>
        <source>the server sent another part than asked for</source>
        <translation>服务器发来的部分与请求的不同</translation>
    </message>
    <message>
        <source>it is far too large for a result</source>
        <translation>作为结果，它过大</translation>
    </message>
    <message>
        <source>it changed while it was being fetched</source>
        <translation>它在获取过程中发生了变化</translation>
    </message>
    <message>
        <source>{part} of {count} bytes came</source>
        <translation>收到 {count} 字节中的 {part} 字节</translation>
    </message>
    <message>
        <source>no server is named</source>
        <translation>没有指明服务器</translation>
    </message>
    <message>
        <source>the address cannot be read</source>
        <translation>地址无法识别</translation>
    </message>
    <message>
        <source>the result does not decode</source>
        <translation>结果无法解码</translation>
    </message>
    <message>
        <source>the result is not a video</source>
        <translation>结果不是视频</translation>
    </message>
    <message>
        <source>the result breaks off {count} frames before its end</source>
        <translation>结果在结尾前 {count} 帧处中断</translation>
    </message>
    <message>
        <source>the result lasts {length} s where {sent} s were sent</source>
        <translation>结果长 {length} 秒，而发送的是 {sent} 秒</translation>
    </message>
    <message>
        <source>there is no job {job}</source>
        <translation>没有任务 {job}</translation>
    </message>
    <message>
        <source>this retake is being worked on just now</source>
        <translation>此次重拍正在处理中</translation>
    </message>
    <message>
        <source>this job cannot be run again without paying anew</source>
        <translation>此任务无法在不重新付费的情况下再次运行</translation>
    </message>
    <message>
        <source>another retake here already has this request id</source>
        <translation>这里已有另一次重拍使用此请求 ID</translation>
    </message>
    <message>
        <source>the file of the newest version is not signed by the release key</source>
        <translation>最新版本的文件未由发布密钥签名</translation>
    </message>
    <message>
        <source>the file of the newest version cannot be read</source>
        <translation>最新版本的文件无法读取</translation>
    </message>
    <message>
        <source>the take has changed</source>
        <translation>该版本已更改</translation>
    </message>
    <message>
        <source>the take has no result</source>
        <translation>该版本没有结果</translation>
    </message>
    <message>
        <source>the result of this take was deleted</source>
        <translation>该版本的结果已被删除</translation>
    </message>
    <message>
        <source>there is no finished take {job}</source>
        <translation>没有已完成的版本 {job}</translation>
    </message>
    <message>
        <source>there is no finished take to show</source>
        <translation>没有可显示的已完成版本</translation>
    </message>
    <message>
        <source>there is no original on this computer to compare with</source>
        <translation>本机上没有可供比较的原片</translation>
    </message>
    <message>
        <source>the original lies on the web; download it to compare with it</source>
        <translation>原片在网上；请先下载再进行比较</translation>
    </message>
    <message>
        <source>the original lies on the web; download it to splice into it</source>
        <translation>原片在网上；请先下载再拼接进去</translation>
    </message>
    <message>
        <source>the original has changed since the retake was made</source>
        <translation>原片在重拍之后被更改</translation>
    </message>
    <message>
        <source>that video ends before the selection does</source>
        <translation>该视频在选区结束之前就结束了</translation>
    </message>
    <message>
        <source>the film that the take was made from</source>
        <translation>该版本所依据的影片</translation>
    </message>
    <message>
        <source>the result cannot be compared with what was sent</source>
        <translation>结果无法与发送的内容比较</translation>
    </message>
    <message>
        <source>the result cannot be compared with the original</source>
        <translation>结果无法与原片比较</translation>
    </message>
    <message>
        <source>this take has no window to correct</source>
        <translation>该版本没有可校正的片段</translation>
    </message>
    <message>
        <source>at most {count} frames can be corrected</source>
        <translation>最多可校正 {count} 帧</translation>
    </message>
    <message>
        <source>the rating or the note is too long</source>
        <translation>评分或备注过长</translation>
    </message>
    <message>
        <source>the whole file is sent, from its address</source>
        <translation>从其地址发送整个文件</translation>
    </message>
    <message>
        <source>a crossfade has at most {count} frames</source>
        <translation>交叉淡化最多 {count} 帧</translation>
    </message>
    <message>
        <source>no film was made of this take yet</source>
        <translation>尚未用该版本制作影片</translation>
    </message>
    <message>
        <source>another process is working on this take just now</source>
        <translation>另一个进程正在处理该版本</translation>
    </message>
    <message>
        <source>this take is not ready to be kept</source>
        <translation>该版本尚不能保留</translation>
    </message>
    <message>
        <source>There is no take to put into the original.</source>
        <translation>没有可放入原片的版本。</translation>
    </message>
    <message>
        <source>There is nothing selected to compare.</source>
        <translation>没有选择要比较的内容。</translation>
    </message>
    <message>
        <source>The name must end in one of {names}.</source>
        <translation>文件名必须以 {names} 之一结尾。</translation>
    </message>
    <message>
        <source>The new file cannot replace a file that it is made from.</source>
        <translation>新文件不能替换用来制作它的文件。</translation>
    </message>
    <message>
        <source>The take ends before the selection does.</source>
        <translation>该版本在选区结束之前就结束了。</translation>
    </message>
    <message>
        <source>the take cannot be decoded to its end</source>
        <translation>该版本无法解码到结尾</translation>
    </message>
    <message>
        <source>looking at the original&apos;s frames failed</source>
        <translation>查看原片的帧失败</translation>
    </message>
    <message>
        <source>splicing the video failed</source>
        <translation>拼接视频失败</translation>
    </message>
    <message>
        <source>the disk filled up while splicing the video</source>
        <translation>拼接视频时磁盘已满</translation>
    </message>
    <message>
        <source>making the comparison failed</source>
        <translation>制作对比视频失败</translation>
    </message>
    <message>
        <source>the disk filled up while making the comparison</source>
        <translation>制作对比视频时磁盘已满</translation>
    </message>
    <message>
        <source>making the picture failed</source>
        <translation>制作图片失败</translation>
    </message>
    <message>
        <source>the disk filled up while making the picture</source>
        <translation>制作图片时磁盘已满</translation>
    </message>
    <message>
        <source>the new file has {part} of {count} frames</source>
        <translation>新文件有 {count} 帧中的 {part} 帧</translation>
    </message>
    <message>
        <source>the new file has {part} frames, or other times, for {count}</source>
        <translation>新文件有 {part} 帧或时间不符，应为 {count} 帧</translation>
    </message>
    <message>
        <source>the new file shows {part} frames for {count}</source>
        <translation>新文件显示 {part} 帧，应为 {count} 帧</translation>
    </message>
    <message>
        <source>frames are missing</source>
        <translation>缺少帧</translation>
    </message>
    <message>
        <source>a copied frame differs from the original&apos;s</source>
        <translation>有一帧复制的画面与原片不同</translation>
    </message>
    <message>
        <source>frame {index} came out damaged</source>
        <translation>第 {index} 帧已损坏</translation>
    </message>
</context>
<context>
    <name>Guide</name>
    <message>
        <source>Set up RunComfy</source>
        <translation>设置 RunComfy</translation>
    </message>
    <message>
        <source>Choose another way…</source>
        <translation>选择其他方式…</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>以后再说</translation>
    </message>
    <message>
        <source>You find this again in the menu.</source>
        <translation>您可以在菜单中再次找到它。</translation>
    </message>
    <message>
        <source>Open my RunComfy profile</source>
        <translation>打开我的 RunComfy 个人资料</translation>
    </message>
    <message>
        <source>1. Get a token</source>
        <translation>1. 获取令牌</translation>
    </message>
    <message>
        <source>RunComfy makes the retakes and bills them to your account there. Sign in, open your profile and copy the API token.</source>
        <translation>重拍由 RunComfy 制作，并从您在那里的账户计费。请登录，打开个人资料并复制 API 令牌。</translation>
    </message>
    <message>
        <source>2. Paste and test it</source>
        <translation>2. 粘贴并测试</translation>
    </message>
    <message>
        <source>3. How clips travel</source>
        <translation>3. 片段如何传送</translation>
    </message>
    <message>
        <source>Paste a token first, or come back later.</source>
        <translation>请先粘贴令牌，或稍后再来。</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>How selection, context and price work</source>
        <translation>选区、前后文和价格如何运作</translation>
    </message>
    <message>
        <source>The selection between the two handles is what the model makes anew. So that the new moment fits, it also sees a little before and after: the context, 1.5 seconds on each side unless you change it.</source>
        <translation>两个手柄之间的选区就是模型要重做的部分。为了衔接自然，模型还会看到前后少许内容，即前后文：每侧 1.5 秒，可以更改。</translation>
    </message>
    <message>
        <source>Only selection and context are sent, whatever the length of your video. RunComfy bills every second that is sent, begun seconds in full, and every take by itself. The price beside Retake is an estimate from the price that RunComfy names; the bill is in the take&apos;s facts afterwards.</source>
        <translation>无论视频多长，只发送选区和前后文。RunComfy 按发送的秒数计费，不足一秒按一秒计，每个版本单独计费。“重拍”旁边的价格是根据 RunComfy 公布的价格估算的；实际费用之后见版本详情。</translation>
    </message>
    <message>
        <source>A limit for a retake and for a day can be set in Settings, under Money. A press of Retake is never sent twice: where it is not known whether RunComfy took it, you are asked.</source>
        <translation>可以在“设置”的“费用”中设置单次和每日限额。按一次“重拍”绝不会发送两次：无法确定 RunComfy 是否收到时，会询问您。</translation>
    </message>
    <message>
        <source>What may change outside my selection</source>
        <translation>选区之外可能有什么变化</translation>
    </message>
    <message>
        <source>In the result, the model may change up to about half a second next to the selection. In review, the change map over the timeline shows where the result really differs.</source>
        <translation>在结果中，模型可能会改动选区两侧约半秒内的内容。审看时，时间线上方的变化图会显示结果真正不同的地方。</translation>
    </message>
    <message>
        <source>When you keep a take, only the moment is put into a copy of your original, which itself is never touched. Around the moment a short stretch is encoded anew, up to the next place where the video can be cut; you see which before you keep. Every other frame is bit for bit the one you shot.</source>
        <translation>保留一个版本时，只有这一刻会放入原片的副本，原片本身绝不改动。这一刻周围有一小段会重新编码，直到视频可以切开的下一个位置；保留之前您会看到是哪些帧。其他每一帧都与您拍摄的逐位相同。</translation>
    </message>
    <message>
        <source>Some kinds of video cannot be cut like that. They are encoded anew as a whole, at high quality, and the app says so.</source>
        <translation>有些视频无法这样切开，只能整体以高质量重新编码，应用会说明这一点。</translation>
    </message>
    <message>
        <source>How my file travels</source>
        <translation>我的文件如何传送</translation>
    </message>
    <message>
        <source>Opening, playing and selecting happen on this computer alone. With Retake, a small clip is cut: the selection and its context, without location, device name or other particulars of the file.</source>
        <translation>打开、播放和选择只在这台电脑上进行。按下“重拍”时会切出一小段：选区及其前后文，不含位置、设备名称或文件的其他信息。</translation>
    </message>
    <message>
        <source>The clip travels to RunComfy inside the request. If you have set up storage of your own, it is put there instead, under an address that cannot be guessed and ends soon, and deleted afterwards.</source>
        <translation>片段随请求传送给 RunComfy。如果您设置了自己的存储空间，则会放到那里，使用无法猜到且很快失效的地址，之后删除。</translation>
    </message>
    <message>
        <source>RunComfy keeps what it makes for some days. The app fetches the result as soon as it is there. On the demo service nothing leaves this computer at all.</source>
        <translation>RunComfy 会将结果保留几天。结果一出来，应用就会取回。使用演示服务时，没有任何内容离开这台电脑。</translation>
    </message>
</context>
<context>
    <name>Hosting</name>
    <message>
        <source>The storage does not know this key or user name. Copy it again, whole, from your provider&apos;s page.</source>
        <translation>存储空间不认识这个密钥或用户名。请从服务商页面重新完整复制。</translation>
    </message>
    <message>
        <source>The secret does not belong to this key. Copy both again; the secret is often shown only once.</source>
        <translation>密钥与其私密部分不匹配。请重新复制两者；私密部分通常只显示一次。</translation>
    </message>
    <message>
        <source>The secret has the wrong form: something is missing, or it is for another kind of storage.</source>
        <translation>私密密钥的格式不对：有缺失，或属于另一种存储空间。</translation>
    </message>
    <message>
        <source>The bucket lies in another region. Enter the region that your provider shows for it.</source>
        <translation>存储桶位于另一个区域。请填写服务商显示的区域。</translation>
    </message>
    <message>
        <source>There is no bucket or container of this name. Check the spelling, or create it first.</source>
        <translation>没有这个名称的存储桶或容器。请检查拼写，或先创建它。</translation>
    </message>
    <message>
        <source>There is no such folder on the server. Create it there first.</source>
        <translation>服务器上没有这个文件夹。请先在那里创建。</translation>
    </message>
    <message>
        <source>This computer&apos;s clock differs from the server&apos;s by minutes. Set it right, then test again.</source>
        <translation>这台电脑的时钟与服务器相差数分钟。请校准后再测试。</translation>
    </message>
    <message>
        <source>The key is not allowed to do this. Give it the right to read, write and delete in this bucket.</source>
        <translation>此密钥无权这样做。请授予它对此存储桶读取、写入和删除的权限。</translation>
    </message>
    <message>
        <source>The file cannot be read without a password or from outside, so the service could not fetch it. Check the public address.</source>
        <translation>没有密码或从外部无法读取该文件，因此服务也无法获取。请检查公开地址。</translation>
    </message>
    <message>
        <source>Something else lies at the public address than what was uploaded, such as a web page.</source>
        <translation>公开地址上的内容与上传的不同，例如是一个网页。</translation>
    </message>
    <message>
        <source>There is no room left there. Make some, or choose another place.</source>
        <translation>那里没有空间了。请腾出空间，或另选位置。</translation>
    </message>
    <message>
        <source>The storage is busy or in trouble just now. Try again a little later.</source>
        <translation>存储空间目前繁忙或有故障。请稍后再试。</translation>
    </message>
    <message>
        <source>The file is not there any more.</source>
        <translation>文件已经不在那里了。</translation>
    </message>
    <message>
        <source>This address cannot be used. It must begin with https:// and be reachable from the internet.</source>
        <translation>此地址无法使用。它必须以 https:// 开头，并且可以从互联网访问。</translation>
    </message>
    <message>
        <source>The server cannot be reached. Check the address and this computer&apos;s connection.</source>
        <translation>无法连接服务器。请检查地址和这台电脑的网络连接。</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not trusted, so nothing was sent. Check the address or its certificate.</source>
        <translation>服务器的证书不受信任，因此没有发送任何内容。请检查地址或其证书。</translation>
    </message>
    <message>
        <source>The connection broke. Try again.</source>
        <translation>连接中断。请重试。</translation>
    </message>
    <message>
        <source>The server refused, and gave a reason that the app does not know.</source>
        <translation>服务器拒绝了，原因不明。</translation>
    </message>
    <message>
        <source>Read the details</source>
        <translation>读取详细信息</translation>
    </message>
    <message>
        <source>Upload a small file</source>
        <translation>上传一个小文件</translation>
    </message>
    <message>
        <source>Fetch it as the service would</source>
        <translation>像服务那样获取它</translation>
    </message>
    <message>
        <source>Delete it again</source>
        <translation>再将它删除</translation>
    </message>
</context>
<context>
    <name>HostingDialog</name>
    <message>
        <source>How clips get to RunComfy</source>
        <translation>片段如何到达 RunComfy</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>My storage</source>
        <translation>我的存储空间</translation>
    </message>
    <message>
        <source>Inside the request</source>
        <translation>随请求发送</translation>
    </message>
    <message>
        <source>Storage result</source>
        <translation>存储空间测试结果</translation>
    </message>
    <message>
        <source>Test storage</source>
        <translation>测试存储空间</translation>
    </message>
    <message>
        <source>Save storage</source>
        <translation>保存存储空间</translation>
    </message>
    <message>
        <source>Remove storage</source>
        <translation>移除存储空间</translation>
    </message>
    <message>
        <source>RunComfy fetches each clip from an address. Your own storage is the sure way; without one, a clip of up to 11 MB travels inside the request, which RunComfy does not document for this model. The app puts nothing anywhere that you did not set up here.</source>
        <translation>RunComfy 从一个地址获取每个片段。您自己的存储空间是最稳妥的方式；没有的话，不超过 11 MB 的片段会随请求传送，但 RunComfy 的文档没有为此模型说明这种方式。应用不会把任何内容放到您没有在此设置的地方。</translation>
    </message>
    <message>
        <source>Way to the service</source>
        <translation>到达服务的方式</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Now: through {place}, because {reason}.</source>
        <translation>目前：经由 {place}，因为{reason}。</translation>
    </message>
    <message>
        <source>Now: inside the request, because {reason}.</source>
        <translation>目前：随请求发送，因为{reason}。</translation>
    </message>
    <message>
        <source>The storage works. Save it to use it.</source>
        <translation>存储空间可用。保存后即可使用。</translation>
    </message>
    <message>
        <source>Anybody can read this bucket without a signature. Make it private if you can.</source>
        <translation>任何人无需签名即可读取此存储桶。可以的话请设为私有。</translation>
    </message>
    <message>
        <source>Saved. Takes that waited for it go on now.</source>
        <translation>已保存。等待它的版本现在继续进行。</translation>
    </message>
    <message>
        <source>Uploading, fetching and deleting a small file…</source>
        <translation>正在上传、获取并删除一个小文件…</translation>
    </message>
    <message>
        <source>Deleting what still lies there…</source>
        <translation>正在删除那里剩余的内容…</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>Fill in “{field}” first.</source>
        <translation>请先填写“{field}”。</translation>
    </message>
    <message>
        <source>A test is under way.</source>
        <translation>正在测试。</translation>
    </message>
    <message>
        <source>No storage is set up.</source>
        <translation>没有设置存储空间。</translation>
    </message>
    <message>
        <source>Set up and save your storage below first.</source>
        <translation>请先在下面设置并保存您的存储空间。</translation>
    </message>
</context>
<context>
    <name>Inspecting</name>
    <message>
        <source>Looking for what has changed</source>
        <translation>正在查找变化之处</translation>
    </message>
    <message>
        <source>What has changed could not be measured.</source>
        <translation>无法测量有什么变化。</translation>
    </message>
    <message>
        <source>Measuring how loud both are</source>
        <translation>正在测量两者的响度</translation>
    </message>
    <message>
        <source>One of the two is silent.</source>
        <translation>两者之一没有声音。</translation>
    </message>
    <message>
        <source>The right one is {count} dB louder</source>
        <translation>右边的响 {count} dB</translation>
    </message>
    <message>
        <source>The right one is {count} dB softer</source>
        <translation>右边的轻 {count} dB</translation>
    </message>
    <message>
        <source>The take is {count} dB louder</source>
        <translation>此版本响 {count} dB</translation>
    </message>
    <message>
        <source>The take is {count} dB softer</source>
        <translation>此版本轻 {count} dB</translation>
    </message>
</context>
<context>
    <name>JointStrip</name>
    <message>
        <source>Frames at the joint</source>
        <translation>接缝处的帧</translation>
    </message>
    <message>
        <source>Reading the frames at the joint</source>
        <translation>正在读取接缝处的帧</translation>
    </message>
    <message>
        <source>Frames {first} to {last} of the original and the take, joined before frame {boundary}</source>
        <translation>原片和版本的第 {first} 至 {last} 帧，在第 {boundary} 帧之前相接</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>修改前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>修改后</translation>
    </message>
</context>
<context>
    <name>Judgement</name>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>A note for yourself</source>
        <translation>给自己的备注</translation>
    </message>
    <message>
        <source>Your rating</source>
        <translation>您的评分</translation>
    </message>
    <message>
        <source>{count} of 5 stars</source>
        <translation>{count} 星（共 5 星）</translation>
    </message>
    <message>
        <source>{count} of 5 stars; once more takes them away</source>
        <translation>{count} 星（共 5 星）；再点一次取消</translation>
    </message>
</context>
<context>
    <name>KeepWords</name>
    <message>
        <source>{name} is made anew.</source>
        <translation>将重新制作 {name}。</translation>
    </message>
    <message>
        <source>The film will be {name}.</source>
        <translation>成片将是 {name}。</translation>
    </message>
    <message>
        <source>It takes the place of the take that is kept there now.</source>
        <translation>它会取代目前保留在那里的版本。</translation>
    </message>
    <message>
        <source>{untouched} of {total} frames untouched.</source>
        <translation>{total} 帧中有 {untouched} 帧未改动。</translation>
    </message>
    <message>
        <source>Keep re-encodes {coded} frames ({places}); {untouched} of {total} stay bit for bit.</source>
        <translation>保留会重新编码 {coded} 帧（{places}）；{total} 帧中有 {untouched} 帧逐位不变。</translation>
    </message>
    <message>
        <source>Frames {first} to {last}: {reason}</source>
        <translation>第 {first} 至 {last} 帧：{reason}</translation>
    </message>
    <message>
        <source>Keep touches no frame: all {total} stay bit for bit.</source>
        <translation>保留不改动任何帧：全部 {total} 帧逐位不变。</translation>
    </message>
    <message>
        <source>Keep encodes all {total} frames once more.</source>
        <translation>保留会将全部 {total} 帧重新编码一次。</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first} 至 {last}</translation>
    </message>
    <message>
        <source>{count} moments are in the film.</source>
        <translation>成片中有 {count} 个时刻。</translation>
    </message>
</context>
<context>
    <name>Keeping</name>
    <message>
        <source>Stopped. Nothing was changed.</source>
        <translation>已停止。没有任何改动。</translation>
    </message>
    <message>
        <source>Taken out. No other moment is kept, so the film stays as it was until the next Keep.</source>
        <translation>已取出。没有保留其他时刻，因此成片保持原样，直到下次保留。</translation>
    </message>
    <message>
        <source>Taken out. {name} is made anew without it.</source>
        <translation>已取出。正在重新制作不含它的 {name}。</translation>
    </message>
    <message>
        <source>Keep it again</source>
        <translation>重新保留</translation>
    </message>
</context>
<context>
    <name>LiningUp</name>
    <message>
        <source>Move the take</source>
        <translation>移动版本</translation>
    </message>
    <message>
        <source>One frame earlier</source>
        <translation>提前一帧</translation>
    </message>
    <message>
        <source>Show an earlier frame of the take (Ctrl+Left)</source>
        <translation>显示版本中更早的一帧 (Ctrl+Left)</translation>
    </message>
    <message>
        <source>One frame later</source>
        <translation>推后一帧</translation>
    </message>
    <message>
        <source>Show a later frame of the take (Ctrl+Right)</source>
        <translation>显示版本中更晚的一帧 (Ctrl+Right)</translation>
    </message>
    <message>
        <source>The result: {timing}.</source>
        <translation>结果：{timing}。</translation>
    </message>
</context>
<context>
    <name>Listing</name>
    <message>
        <source>The take is off the list; its record and receipt stay.</source>
        <translation>此版本已从列表移除；其记录和收据仍然保留。</translation>
    </message>
    <message>
        <source>What you paid for is not deleted: {files}.</source>
        <translation>您付费的内容没有删除：{files}。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>LookSection</name>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Size of the window&apos;s text and controls</source>
        <translation>窗口文字和控件的大小</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Start again now</source>
        <translation>立即重新启动</translation>
    </message>
    <message>
        <source>The theme changes at once, size and language with a new start. Open takes go on.</source>
        <translation>主题立即生效，大小和语言在重新启动后生效。未完成的版本会继续。</translation>
    </message>
    <message>
        <source>Small movements when something appears</source>
        <translation>内容出现时使用轻微动画</translation>
    </message>
    <message>
        <source>None are made while the system asks programs for less motion.</source>
        <translation>系统要求程序减少动态效果时，不使用动画。</translation>
    </message>
    <message>
        <source>Size and language are in use as they stand.</source>
        <translation>当前的大小和语言已在使用。</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Both sounds</source>
        <translation>两种声音</translation>
    </message>
</context>
<context>
    <name>Measured</name>
    <message>
        <source>{width} × {height}, {rate} frames a second</source>
        <translation>{width} × {height}，每秒 {rate} 帧</translation>
    </message>
    <message>
        <source>runs {time} longer</source>
        <translation>长 {time}</translation>
    </message>
    <message>
        <source>runs {time} shorter</source>
        <translation>短 {time}</translation>
    </message>
    <message>
        <source>could not be told from the pictures; look whether it fits</source>
        <translation>无法从画面判断；请看是否吻合</translation>
    </message>
    <message>
        <source>{count} levels brighter</source>
        <translation>亮 {count} 级</translation>
    </message>
    <message>
        <source>{count} levels darker</source>
        <translation>暗 {count} 级</translation>
    </message>
    <message>
        <source>other colours</source>
        <translation>色彩不同</translation>
    </message>
    <message>
        <source>{count} dB louder</source>
        <translation>响 {count} dB</translation>
    </message>
    <message>
        <source>{count} dB softer</source>
        <translation>轻 {count} dB</translation>
    </message>
    <message>
        <source>{count} ms late</source>
        <translation>晚 {count} 毫秒</translation>
    </message>
    <message>
        <source>{count} ms early</source>
        <translation>早 {count} 毫秒</translation>
    </message>
    <message>
        <source>starts 1 frame late</source>
        <translation>晚 1 帧开始</translation>
    </message>
    <message>
        <source>starts {count} frames late</source>
        <translation>晚 {count} 帧开始</translation>
    </message>
    <message>
        <source>1 frame missing</source>
        <translation>缺少 1 帧</translation>
    </message>
    <message>
        <source>{count} frames missing</source>
        <translation>缺少 {count} 帧</translation>
    </message>
    <message>
        <source>as it was sent, frame for frame</source>
        <translation>与发送的内容逐帧一致</translation>
    </message>
    <message>
        <source>lined up with the original</source>
        <translation>已与原片对齐</translation>
    </message>
    <message>
        <source>starts 1 frame early</source>
        <translation>早 1 帧开始</translation>
    </message>
    <message>
        <source>starts {count} frames early</source>
        <translation>早 {count} 帧开始</translation>
    </message>
    <message>
        <source>1 frame too many</source>
        <translation>多出 1 帧</translation>
    </message>
    <message>
        <source>{count} frames too many</source>
        <translation>多出 {count} 帧</translation>
    </message>
    <message>
        <source>moved by hand by {count} frame</source>
        <translation>手动移动了 {count} 帧</translation>
    </message>
    <message>
        <source>moved by hand by {count} frames</source>
        <translation>手动移动了 {count} 帧</translation>
    </message>
</context>
<context>
    <name>Minimap</name>
    <message>
        <source>Drag to see another part of the video</source>
        <translation>拖动以查看视频的其他部分</translation>
    </message>
</context>
<context>
    <name>Mode</name>
    <message>
        <source>A new picture; the sound stays yours. Lips may not fit what is said.</source>
        <translation>重做画面；声音保持不变。口型可能与话语不符。</translation>
    </message>
    <message>
        <source>A new sound; every frame of the picture stays yours.</source>
        <translation>重做声音；画面的每一帧都保持不变。</translation>
    </message>
    <message>
        <source>Both are made anew, together: right where somebody speaks.</source>
        <translation>画面和声音一起重做：适合有人说话的地方。</translation>
    </message>
</context>
<context>
    <name>ModeChoice</name>
    <message>
        <source>Mode</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Make anew</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>The service calls this {word}.</source>
        <translation>服务称之为 {word}。</translation>
    </message>
    <message>
        <source>Compare mode</source>
        <translation>对比模式</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>Wipe</source>
        <translation>划像</translation>
    </message>
    <message>
        <source>A/B</source>
        <translation>A/B</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>{mode} ({key})</source>
        <translation>{mode} ({key})</translation>
    </message>
</context>
<context>
    <name>Money</name>
    <message>
        <source>Price</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>Look at what will be sent</source>
        <translation>查看将要发送的内容</translation>
    </message>
    <message>
        <source>Cutting it…</source>
        <translation>正在裁切…</translation>
    </message>
    <message>
        <source>Cuts it as it would be sent, and sends nothing.</source>
        <translation>按发送时的样子裁切，但不发送任何内容。</translation>
    </message>
    <message>
        <source>Your RunComfy balance is {amount}, less than this may cost.</source>
        <translation>您的 RunComfy 余额为 {amount}，少于这次可能的费用。</translation>
    </message>
</context>
<context>
    <name>MoneySection</name>
    <message>
        <source>Ask above, US dollars a retake</source>
        <translation>单次重拍超过多少美元时询问</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>Stop above, US dollars a day</source>
        <translation>每天超过多少美元时停止</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>无限额</translation>
    </message>
    <message>
        <source>Asks beside the price before a press of Retake that may cost more.</source>
        <translation>按下“重拍”时如果可能超过此金额，会在价格旁边询问。</translation>
    </message>
    <message>
        <source>Counts what is spent and on its way today, by your own clock.</source>
        <translation>按您的本地时间计算今天已花费和进行中的费用。</translation>
    </message>
    <message>
        <source>Ask me above</source>
        <translation>超过时询问我</translation>
    </message>
    <message>
        <source>dollars a retake</source>
        <translation>美元／次</translation>
    </message>
    <message>
        <source>Stop above</source>
        <translation>超过时停止</translation>
    </message>
    <message>
        <source>dollars a day</source>
        <translation>美元／天</translation>
    </message>
    <message>
        <source>Write an amount like 2.50, or leave it empty for no limit. Until then the last one holds.</source>
        <translation>请填写如 2.50 的金额，留空表示无限额。在此之前沿用上次的限额。</translation>
    </message>
    <message>
        <source>A retake of unknown price is asked about while a limit is set. The demo costs nothing.</source>
        <translation>设有限额时，价格未知的重拍会先询问。演示不收费。</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Dismiss notice</source>
        <translation>关闭通知</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message>
        <source>Reading {name}…</source>
        <translation>正在读取 {name}…</translation>
    </message>
    <message>
        <source>Fetching the video from {host}…</source>
        <translation>正在从 {host} 获取视频…</translation>
    </message>
    <message>
        <source>Fetched from {host}.</source>
        <translation>已从 {host} 获取。</translation>
    </message>
    <message>
        <source>Choose a video</source>
        <translation>选择视频</translation>
    </message>
    <message>
        <source>Videos ({suffixes})</source>
        <translation>视频 ({suffixes})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Finding every frame of {name}… {percent} %</source>
        <translation>正在查找 {name} 的每一帧… {percent} %</translation>
    </message>
    <message>
        <source>Fetching the video from {name}… {percent} %</source>
        <translation>正在从 {name} 获取视频… {percent} %</translation>
    </message>
    <message>
        <source>Choose another file</source>
        <translation>选择其他文件</translation>
    </message>
</context>
<context>
    <name>Originals</name>
    <message>
        <source>{name} is not the video that this take was made from, or it was changed since.</source>
        <translation>{name} 不是制作此版本所用的视频，或此后已被更改。</translation>
    </message>
    <message>
        <source>Use it all the same</source>
        <translation>仍然使用</translation>
    </message>
    <message>
        <source>Where is the video that this take was made from?</source>
        <translation>制作此版本所用的视频在哪里？</translation>
    </message>
</context>
<context>
    <name>Outlook</name>
    <message>
        <source>Still being made, longer than usual. You may close the app; it goes on at the service.</source>
        <translation>仍在制作，比平常久。您可以关闭应用；服务会继续进行。</translation>
    </message>
    <message>
        <source>You may close the app; it goes on at the service.</source>
        <translation>您可以关闭应用；服务会继续进行。</translation>
    </message>
    <message>
        <source>Kept at the service until about {day}.</source>
        <translation>服务会保留到大约 {day}。</translation>
    </message>
    <message>
        <source>Fetch it soon: it is kept at the service until about {day} only.</source>
        <translation>请尽快取回：服务只保留到大约 {day}。</translation>
    </message>
    <message>
        <source>The result is kept there until about {day}.</source>
        <translation>结果会在那里保留到大约 {day}。</translation>
    </message>
</context>
<context>
    <name>Playback</name>
    <message>
        <source>{time}, frame {index}</source>
        <translation>{time}，第 {index} 帧</translation>
    </message>
    <message>
        <source>Frame {index}</source>
        <translation>第 {index} 帧</translation>
    </message>
    <message>
        <source>{seconds} seconds</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>Timecode {text}</source>
        <translation>时间码 {text}</translation>
    </message>
    <message>
        <source>The file&apos;s own timecode {text}</source>
        <translation>文件自带的时间码 {text}</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
</context>
<context>
    <name>PlaybackSection</name>
    <message>
        <source>Playback</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Show a finished take by itself</source>
        <translation>版本完成后自动显示</translation>
    </message>
    <message>
        <source>Play the moment over and over when a take is shown</source>
        <translation>显示版本时循环播放该时刻</translation>
    </message>
    <message>
        <source>Let the graphics card decode large videos</source>
        <translation>让显卡解码大尺寸视频</translation>
    </message>
    <message>
        <source>Only if you have touched nothing since Retake; otherwise it waits in the list.</source>
        <translation>仅当您在按下“重拍”之后没有其他操作时；否则它在列表中等待。</translation>
    </message>
    <message>
        <source>Only where a trial has shown that it gives the same pictures, and sooner.</source>
        <translation>仅在试验表明画面完全相同且更快时使用。</translation>
    </message>
    <message>
        <source>Left off since the app crashed while the card decoded. Tick the box to try it again.</source>
        <translation>上次应用在显卡解码时崩溃，因此暂不使用显卡。勾选即可再次尝试。</translation>
    </message>
    <message>
        <source>Volume and sound output stand below the picture. The volume is remembered.</source>
        <translation>音量和声音输出位于画面下方。音量会被记住。</translation>
    </message>
</context>
<context>
    <name>PriceLine</name>
    <message>
        <source>All of it, because you asked for that.</source>
        <translation>全部，因为您要求如此。</translation>
    </message>
    <message>
        <source>The selection and what surrounds it are the whole video.</source>
        <translation>选区及其前后文就是整个视频。</translation>
    </message>
    <message>
        <source>The selection alone; the rest stays on this computer.</source>
        <translation>只有选区；其余留在这台电脑上。</translation>
    </message>
    <message>
        <source>. Demo service: free</source>
        <translation>。演示服务：免费</translation>
    </message>
    <message>
        <source>; the price is unknown</source>
        <translation>；价格未知</translation>
    </message>
    <message>
        <source>The selection and up to {seconds} on each side, so that new and old fit. The rest stays here.</source>
        <translation>选区以及每侧最多 {seconds}，使新旧衔接自然。其余留在本机。</translation>
    </message>
    <message>
        <source>An estimate: each begun second of what is sent is billed, here {seconds} at {amount}.</source>
        <translation>估算：按发送的秒数计费，不足一秒按一秒计，这里是 {seconds}，每秒 {amount}。</translation>
    </message>
    <message>
        <source>Sends {sent} of {duration}</source>
        <translation>从 {duration} 中发送 {sent}</translation>
    </message>
    <message>
        <source>, about {amount} for {takes} takes</source>
        <translation>，{takes} 个版本约 {amount}</translation>
    </message>
    <message>
        <source>An estimate: {amount} for each take.</source>
        <translation>估算：每个版本 {amount}。</translation>
    </message>
    <message>
        <source>Sends all {duration}</source>
        <translation>发送全部 {duration}</translation>
    </message>
    <message>
        <source>Sends all {duration}, held to {sent}</source>
        <translation>发送全部 {duration}，延长至 {sent}</translation>
    </message>
    <message>
        <source>, about {amount}</source>
        <translation>，约 {amount}</translation>
    </message>
</context>
<context>
    <name>Privacy</name>
    <message>
        <source>Results of your takes</source>
        <translation>您各版本的结果</translation>
    </message>
    <message>
        <source>Results of discarded takes</source>
        <translation>已弃用版本的结果</translation>
    </message>
    <message>
        <source>Clips as they were sent</source>
        <translation>已发送的片段</translation>
    </message>
    <message>
        <source>Videos fetched from the web</source>
        <translation>从网络获取的视频</translation>
    </message>
    <message>
        <source>Finished films</source>
        <translation>成片</translation>
    </message>
    <message>
        <source>The record of your takes, with prompts and receipts</source>
        <translation>您的版本记录，含提示词和收据</translation>
    </message>
    <message>
        <source>Which videos you opened lately</source>
        <translation>最近打开过的视频</translation>
    </message>
    <message>
        <source>Selections and prompts not sent yet</source>
        <translation>尚未发送的选区和提示词</translation>
    </message>
    <message>
        <source>Previews: filmstrips, waveforms and frame times</source>
        <translation>预览：缩略图条、波形和帧时间</translation>
    </message>
    <message>
        <source>Files of the demo service</source>
        <translation>演示服务的文件</translation>
    </message>
    <message>
        <source>Logs, without prompts and file contents</source>
        <translation>日志，不含提示词和文件内容</translation>
    </message>
    <message>
        <source>Your RunComfy API token</source>
        <translation>您的 RunComfy API 令牌</translation>
    </message>
    <message>
        <source>The secret of your storage</source>
        <translation>您存储空间的私密密钥</translation>
    </message>
    <message>
        <source>Clips in your storage</source>
        <translation>您存储空间中的片段</translation>
    </message>
    <message>
        <source>Clips, prompts and results at RunComfy</source>
        <translation>RunComfy 处的片段、提示词和结果</translation>
    </message>
    <message>
        <source>Beside your originals, until you delete them.</source>
        <translation>在您的原始文件旁边，直到您删除。</translation>
    </message>
    <message>
        <source>{place}; deleted as soon as no take needs them.</source>
        <translation>{place}；不再有版本需要时立即删除。</translation>
    </message>
    <message>
        <source>{place}; kept there until about {until}, as far as is known.</source>
        <translation>{place}；据目前所知，大约保留到 {until}。</translation>
    </message>
    <message>
        <source>{place}; the longest unused go first, and all can be made again.</source>
        <translation>{place}；最久未用的先被清除，全部都可以重新生成。</translation>
    </message>
    <message>
        <source>{place}; the oldest go by themselves, at 5 MB in all.</source>
        <translation>{place}；总共达到 5 MB 时，最旧的会自动清除。</translation>
    </message>
    <message>
        <source>{place}; stays until you delete it.</source>
        <translation>{place}；一直保留，直到您删除。</translation>
    </message>
    <message>
        <source>RUNCOMFY_API_TOKEN in the environment; the app stores none.</source>
        <translation>环境变量 RUNCOMFY_API_TOKEN；应用本身不保存。</translation>
    </message>
    <message>
        <source>In memory, until the window closes.</source>
        <translation>在内存中，直到窗口关闭。</translation>
    </message>
    <message>
        <source>The system&apos;s keyring, until you forget it.</source>
        <translation>系统密钥环，直到您将其删除。</translation>
    </message>
    <message>
        <source>You paid for these. Discard a take, and its file can be deleted here.</source>
        <translation>这些是您付过费的。弃用某个版本后，即可在这里删除其文件。</translation>
    </message>
    <message>
        <source>Takes on their way still need this. Cancel them, or wait.</source>
        <translation>进行中的版本仍需要它。请取消这些版本，或稍等。</translation>
    </message>
    <message>
        <source>Takes were made from these, and go back into them when you keep one.</source>
        <translation>有版本由它们制作而成，保留版本时会放回其中。</translation>
    </message>
    <message>
        <source>This lies where you put it, and is yours to delete.</source>
        <translation>它在您放置的地方，由您自行删除。</translation>
    </message>
    <message>
        <source>It tells what was paid and keeps anything from being billed twice. Remove the file by hand if you must.</source>
        <translation>它记录了付费情况，并防止重复计费。如确有必要，请手动移除该文件。</translation>
    </message>
    <message>
        <source>RunComfy offers no way to delete it earlier.</source>
        <translation>RunComfy 没有提供提前删除的方法。</translation>
    </message>
</context>
<context>
    <name>PrivacyDialog</name>
    <message>
        <source>What of mine lies where?</source>
        <translation>我的数据都在哪里？</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>Nothing has been sent yet.</source>
        <translation>尚未发送任何内容。</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>What lies where</source>
        <translation>数据所在</translation>
    </message>
    <message>
        <source>What each take sent</source>
        <translation>每个版本发送的内容</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>再次检查</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Only the clip and the prompt are ever sent, and only with Retake.</source>
        <translation>只会发送片段和提示词，而且只在按下“重拍”时。</translation>
    </message>
    <message>
        <source>Yes, delete for good</source>
        <translation>是，彻底删除</translation>
    </message>
    <message>
        <source>Delete now</source>
        <translation>立即删除</translation>
    </message>
    <message>
        <source>{what} cannot be brought back. Press once more to delete it for good.</source>
        <translation>“{what}”删除后无法恢复。再按一次即彻底删除。</translation>
    </message>
    <message>
        <source>Deleting…</source>
        <translation>正在删除…</translation>
    </message>
    <message>
        <source>{what} ({count})</source>
        <translation>{what}（{count}）</translation>
    </message>
</context>
<context>
    <name>Problems</name>
    <message>
        <source>This file cannot be read as a video.</source>
        <translation>无法将此文件作为视频读取。</translation>
    </message>
    <message>
        <source>Open an MP4, MOV, MKV or WebM file that plays in a video player.</source>
        <translation>请打开能在视频播放器中播放的 MP4、MOV、MKV 或 WebM 文件。</translation>
    </message>
    <message>
        <source>A file or folder cannot be used.</source>
        <translation>某个文件或文件夹无法使用。</translation>
    </message>
    <message>
        <source>Check that it is still there and that you may read and write it.</source>
        <translation>请检查它是否还在，以及您是否有读写权限。</translation>
    </message>
    <message>
        <source>The video that this take was made from is not where it was.</source>
        <translation>制作此版本所用的视频已不在原处。</translation>
    </message>
    <message>
        <source>Show where it is now; it is known again by its content, under any name.</source>
        <translation>请指出它现在的位置；无论叫什么名字，都能根据内容认出它。</translation>
    </message>
    <message>
        <source>The video has changed since this take was made, so the take may not fit it.</source>
        <translation>制作此版本之后视频已更改，因此版本可能不再吻合。</translation>
    </message>
    <message>
        <source>Show where the unchanged one is, if there still is one.</source>
        <translation>如果还有未更改的视频，请指出它的位置。</translation>
    </message>
    <message>
        <source>The video cannot be fetched from that address.</source>
        <translation>无法从该地址获取视频。</translation>
    </message>
    <message>
        <source>Check the address in a browser, or download the video there and open the file.</source>
        <translation>请在浏览器中检查该地址，或在那里下载视频后打开文件。</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>磁盘已满。</translation>
    </message>
    <message>
        <source>Free some space and try again; nothing is paid twice.</source>
        <translation>请腾出一些空间再试；不会重复付费。</translation>
    </message>
    <message>
        <source>The video could not be processed.</source>
        <translation>无法处理此视频。</translation>
    </message>
    <message>
        <source>Try another stretch of it, or convert the file to MP4 first.</source>
        <translation>请换一段试试，或先将文件转换为 MP4。</translation>
    </message>
    <message>
        <source>This retake cannot be sent as it is.</source>
        <translation>此次重拍无法按现状发送。</translation>
    </message>
    <message>
        <source>Change what is named here and try again.</source>
        <translation>请更改这里指出的内容后重试。</translation>
    </message>
    <message>
        <source>There is no RunComfy API token.</source>
        <translation>没有 RunComfy API 令牌。</translation>
    </message>
    <message>
        <source>Paste yours in Settings, or set RUNCOMFY_API_TOKEN. The demo service works without one.</source>
        <translation>请在“设置”中粘贴您的令牌，或设置 RUNCOMFY_API_TOKEN。演示服务无需令牌。</translation>
    </message>
    <message>
        <source>RunComfy did not accept the API token.</source>
        <translation>RunComfy 没有接受此 API 令牌。</translation>
    </message>
    <message>
        <source>Copy the token from your RunComfy profile and paste it in Settings.</source>
        <translation>请从您的 RunComfy 个人资料复制令牌，并粘贴到“设置”中。</translation>
    </message>
    <message>
        <source>The RunComfy balance does not cover this retake.</source>
        <translation>RunComfy 余额不足以支付此次重拍。</translation>
    </message>
    <message>
        <source>Add credit on RunComfy, then try again. Nothing was billed.</source>
        <translation>请在 RunComfy 充值后重试。没有计费。</translation>
    </message>
    <message>
        <source>The service does not offer this model any more.</source>
        <translation>服务不再提供此模型。</translation>
    </message>
    <message>
        <source>Look up the current retake model on RunComfy and enter its id in Settings.</source>
        <translation>请在 RunComfy 上查找当前的重拍模型，并在“设置”中填写其 ID。</translation>
    </message>
    <message>
        <source>The service refused this retake. Nothing was billed.</source>
        <translation>服务拒绝了此次重拍。没有计费。</translation>
    </message>
    <message>
        <source>Change what it names and try again.</source>
        <translation>请更改它指出的内容后重试。</translation>
    </message>
    <message>
        <source>The service does not take the clip inside the request. Nothing was billed.</source>
        <translation>服务不接受随请求发送的片段。没有计费。</translation>
    </message>
    <message>
        <source>It waits here. Set up storage of your own, or give the address of the clip; then it goes on by itself.</source>
        <translation>它在此等待。请设置您自己的存储空间，或提供片段的地址；之后会自动继续。</translation>
    </message>
    <message>
        <source>The clip could not be brought to where the service can fetch it.</source>
        <translation>无法把片段放到服务可以获取的地方。</translation>
    </message>
    <message>
        <source>Nothing was billed. Test your storage in Settings, or choose another way.</source>
        <translation>没有计费。请在“设置”中测试您的存储空间，或选择其他方式。</translation>
    </message>
    <message>
        <source>This retake belongs to another RunComfy account.</source>
        <translation>此次重拍属于另一个 RunComfy 账户。</translation>
    </message>
    <message>
        <source>Enter that account&apos;s token to go on with it; the others go on meanwhile.</source>
        <translation>请输入那个账户的令牌以继续；其他重拍照常进行。</translation>
    </message>
    <message>
        <source>Your own spending limits hold this retake back.</source>
        <translation>您自己设置的费用限额阻止了此次重拍。</translation>
    </message>
    <message>
        <source>Nothing was sent. The limits are in Settings, under Money. On the command line, --yes answers the question about one retake; it does not lift the limit for a day.</source>
        <translation>没有发送任何内容。限额在“设置”的“费用”中。在命令行中，--yes 可回答单次重拍的询问，但不会解除每日限额。</translation>
    </message>
    <message>
        <source>The service asks for a pause.</source>
        <translation>服务要求暂停一下。</translation>
    </message>
    <message>
        <source>The app goes on by itself; there is nothing to do.</source>
        <translation>应用会自动继续，无需任何操作。</translation>
    </message>
    <message>
        <source>The service cannot be reached.</source>
        <translation>无法连接服务。</translation>
    </message>
    <message>
        <source>Check the connection; the app goes on by itself as soon as it is back.</source>
        <translation>请检查网络连接；恢复后应用会自动继续。</translation>
    </message>
    <message>
        <source>The service gave an answer that makes no sense.</source>
        <translation>服务的答复无法理解。</translation>
    </message>
    <message>
        <source>The app asks again by itself. If it lasts, look at RunComfy&apos;s status page.</source>
        <translation>应用会自动重新询问。如果持续如此，请查看 RunComfy 的状态页面。</translation>
    </message>
    <message>
        <source>It is not known whether the service accepted this retake.</source>
        <translation>不知道服务是否接受了此次重拍。</translation>
    </message>
    <message>
        <source>Look it up among your generations on RunComfy. If it is there, adopt it by its request id; sending it again may bill twice.</source>
        <translation>请在 RunComfy 的生成记录中查找。如果在那里，请用请求 ID 认领；再次发送可能会重复计费。</translation>
    </message>
    <message>
        <source>The service could not make this retake.</source>
        <translation>服务未能完成此次重拍。</translation>
    </message>
    <message>
        <source>Reword the prompt or move the selection a little, then retake again.</source>
        <translation>请改写提示词或稍微移动选区，然后再次重拍。</translation>
    </message>
    <message>
        <source>The service no longer knows this retake.</source>
        <translation>服务已不记得此次重拍。</translation>
    </message>
    <message>
        <source>Results are kept there for some days only. Looking again costs nothing; a new retake is billed anew.</source>
        <translation>结果在那里只保留几天。再次查看不收费；重新重拍会另行计费。</translation>
    </message>
    <message>
        <source>The service reports success but named no video.</source>
        <translation>服务报告成功，但没有给出视频。</translation>
    </message>
    <message>
        <source>Its raw answer is kept with the job; send the request id to RunComfy&apos;s support.</source>
        <translation>它的原始答复已随任务保存；请将请求 ID 发给 RunComfy 客服。</translation>
    </message>
    <message>
        <source>The result lies on a server that is not RunComfy&apos;s.</source>
        <translation>结果位于不属于 RunComfy 的服务器上。</translation>
    </message>
    <message>
        <source>If you trust it, allow that server (--allow-host) and fetch again.</source>
        <translation>如果您信任该服务器，请允许它（--allow-host）并重新取回。</translation>
    </message>
    <message>
        <source>The result could not be fetched. It is paid for and still there.</source>
        <translation>无法取回结果。它已付费，并且仍在那里。</translation>
    </message>
    <message>
        <source>Fetch it again; that costs nothing.</source>
        <translation>请重新取回；不收费。</translation>
    </message>
    <message>
        <source>This retake was cancelled.</source>
        <translation>此次重拍已取消。</translation>
    </message>
    <message>
        <source>Press Retake to ask for it anew.</source>
        <translation>请按“重拍”重新请求。</translation>
    </message>
    <message>
        <source>The system keyring cannot be used.</source>
        <translation>无法使用系统密钥环。</translation>
    </message>
    <message>
        <source>Unlock it and try again, or keep the token for this session only.</source>
        <translation>请解锁后重试，或仅在本次会话中保留令牌。</translation>
    </message>
    <message>
        <source>The record of jobs cannot be used.</source>
        <translation>无法使用任务记录。</translation>
    </message>
    <message>
        <source>Check the data folder&apos;s space and permissions, then start the app again.</source>
        <translation>请检查数据文件夹的空间和权限，然后重新启动应用。</translation>
    </message>
    <message>
        <source>Part of the record of jobs was damaged.</source>
        <translation>任务记录有一部分已损坏。</translation>
    </message>
    <message>
        <source>What can be read is in the list; RunComfy&apos;s page shows every request.</source>
        <translation>可以读取的都在列表中；RunComfy 的页面会显示每一个请求。</translation>
    </message>
    <message>
        <source>Something in the app went wrong.</source>
        <translation>应用出了问题。</translation>
    </message>
    <message>
        <source>Your jobs are safe on record. If it happens again, report it with the log file.</source>
        <translation>您的任务已安全记录。如果再次发生，请附上日志文件反馈。</translation>
    </message>
    <message>
        <source>Open a video first.</source>
        <translation>请先打开视频。</translation>
    </message>
    <message>
        <source>Say what should happen instead.</source>
        <translation>请说明应该变成什么样。</translation>
    </message>
    <message>
        <source>The prompt is longer than 5,000 characters. Shorten it.</source>
        <translation>提示词超过 5,000 个字符。请缩短。</translation>
    </message>
    <message>
        <source>Select at least 2 seconds.</source>
        <translation>请至少选择 2 秒。</translation>
    </message>
    <message>
        <source>Select at most 20 seconds.</source>
        <translation>请最多选择 20 秒。</translation>
    </message>
    <message>
        <source>The selection reaches past the video. Move it inside.</source>
        <translation>选区超出了视频范围。请移到视频之内。</translation>
    </message>
    <message>
        <source>The model needs at least 2 seconds. Choose a longer video, or add to this one in an editor.</source>
        <translation>模型至少需要 2 秒。请选择更长的视频，或先在剪辑软件中加长。</translation>
    </message>
    <message>
        <source>A whole clip can be sent up to 20 seconds. Send only the selection and its surroundings.</source>
        <translation>整个片段最长可发送 20 秒。请只发送选区及其前后文。</translation>
    </message>
    <message>
        <source>The clock of this recording jumps, so its sound cannot be placed. Convert it to MP4 first.</source>
        <translation>此录像的时钟有跳变，无法确定声音的位置。请先转换为 MP4。</translation>
    </message>
    <message>
        <source>Ask for 1 to 8 takes.</source>
        <translation>请要求 1 到 8 个版本。</translation>
    </message>
    <message>
        <source>Choose another file</source>
        <translation>选择其他文件</translation>
    </message>
    <message>
        <source>Enter token</source>
        <translation>输入令牌</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>再次发送</translation>
    </message>
    <message>
        <source>Fetch again</source>
        <translation>重新取回</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>Open settings</source>
        <translation>打开设置</translation>
    </message>
    <message>
        <source>Choose another way</source>
        <translation>选择其他方式</translation>
    </message>
    <message>
        <source>Show where it is…</source>
        <translation>指出位置…</translation>
    </message>
    <message>
        <source>Look at a report…</source>
        <translation>查看报告…</translation>
    </message>
    <message>
        <source>Allow this server</source>
        <translation>允许此服务器</translation>
    </message>
</context>
<context>
    <name>PromptEdit</name>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>What should happen instead. Ctrl+Enter sends the retake.</source>
        <translation>应该变成什么样。按 Ctrl+Enter 发送重拍。</translation>
    </message>
    <message>
        <source>Describe the moment as it should look and sound, with what stays the same.

“A woman in a red wool coat turns to the camera and smiles, same kitchen, warm morning light. She says: ‘I knew you would come.’”</source>
        <translation>描述这一刻应有的画面和声音，以及哪些保持不变。

“一位穿红色羊毛大衣的女士转向镜头微笑，同一间厨房，温暖的晨光。她说：‘我就知道你会来。’”</translation>
    </message>
</context>
<context>
    <name>PromptTools</name>
    <message>
        <source>Starters</source>
        <translation>开头</translation>
    </message>
    <message>
        <source>Beginnings of good retake prompts</source>
        <translation>好的重拍提示词的开头</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近</translation>
    </message>
    <message>
        <source>Prompts of earlier takes</source>
        <translation>以前版本的提示词</translation>
    </message>
    <message>
        <source>{count} of {limit}</source>
        <translation>{count} / {limit}</translation>
    </message>
    <message>
        <source>Characters that the prompt has, of those that the model takes</source>
        <translation>提示词的字符数，以及模型接受的上限</translation>
    </message>
    <message numerus="yes">
        <source>%n character(s) too many.</source>
        <translation>
            <numerusform>多出 %n 个字符。</numerusform>
        </translation>
    </message>
    <message>
        <source>Ask for one change a take; put what is spoken into quotes.</source>
        <translation>每个版本只要求一处改变；台词请放在引号中。</translation>
    </message>
    <message>
        <source>Prompts appear here once you have made a retake.</source>
        <translation>重拍之后，提示词会出现在这里。</translation>
    </message>
</context>
<context>
    <name>Quitting</name>
    <message>
        <source>What is being made goes on at the service. Start again by about {day} to fetch it.</source>
        <translation>正在制作的内容会在服务处继续。请在大约 {day} 之前再次启动以取回。</translation>
    </message>
    <message>
        <source>What is still on this computer goes on the next time you start Retake Desktop.</source>
        <translation>还在这台电脑上的内容会在您下次启动 Retake Desktop 时继续。</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>A report for whoever helps you</source>
        <translation>给帮助您的人的报告</translation>
    </message>
    <message>
        <source>With file names and folders</source>
        <translation>包含文件名和文件夹</translation>
    </message>
    <message>
        <source>They may help where one particular file cannot be read.</source>
        <translation>当某个文件无法读取时，它们可能有用。</translation>
    </message>
    <message>
        <source>Files of the report</source>
        <translation>报告中的文件</translation>
    </message>
    <message>
        <source>What stands in it</source>
        <translation>其中的内容</translation>
    </message>
    <message>
        <source>Save as a ZIP file…</source>
        <translation>另存为 ZIP 文件…</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>It holds versions, settings, the state of your takes and the log. Your token, prompts, addresses and home folder are taken out. Read it, save it, and send it yourself; the app sends nothing.</source>
        <translation>其中有版本信息、设置、各版本的状态和日志。您的令牌、提示词、地址和主文件夹都已去除。请阅读、保存并自行发送；应用不会发送任何内容。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>Saved as {path}.</source>
        <translation>已保存为 {path}。</translation>
    </message>
    <message>
        <source>The report is still being put together.</source>
        <translation>报告仍在整理中。</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>保存报告</translation>
    </message>
</context>
<context>
    <name>ReviewPanel</name>
    <message>
        <source>Back to editing</source>
        <translation>回到编辑</translation>
    </message>
    <message>
        <source>Take {take} of {takes}</source>
        <translation>版本 {take} / {takes}</translation>
    </message>
</context>
<context>
    <name>Reviewing</name>
    <message>
        <source>The video has changed since this take was made; before and after may not match.</source>
        <translation>制作此版本之后视频已更改；前后可能不对应。</translation>
    </message>
    <message>
        <source>The take is discarded.</source>
        <translation>此版本已弃用。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Save a copy</source>
        <translation>保存副本</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>已保存为 {name}。</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>The film is finished: {name}.</source>
        <translation>成片已完成：{name}。</translation>
    </message>
</context>
<context>
    <name>RoomDialog</name>
    <message>
        <source>Room on disk</source>
        <translation>磁盘空间</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>Results are what was paid for; they are never removed by themselves. The cache can be made anew.</source>
        <translation>结果是付费所得，绝不会自动删除。缓存可以重新生成。</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Takes</source>
        <translation>版本数</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>Films</source>
        <translation>成片</translation>
    </message>
    <message>
        <source>Room per video</source>
        <translation>每个视频占用的空间</translation>
    </message>
    <message>
        <source>Clear the cache</source>
        <translation>清空缓存</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>{total} in all, {cache} of it cache</source>
        <translation>共 {total}，其中缓存 {cache}</translation>
    </message>
    <message>
        <source>Clear the cache ({size})</source>
        <translation>清空缓存（{size}）</translation>
    </message>
    <message>
        <source>It is empty.</source>
        <translation>它是空的。</translation>
    </message>
    <message>
        <source>It is being cleared.</source>
        <translation>正在清空。</translation>
    </message>
</context>
<context>
    <name>SeamChooser</name>
    <message>
        <source>Seams</source>
        <translation>接缝</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>精确</translation>
    </message>
    <message>
        <source>By frame</source>
        <translation>按帧</translation>
    </message>
    <message>
        <source>Where before and after differ least, at most half a second outside the selection</source>
        <translation>在前后差异最小之处，最多超出选区半秒</translation>
    </message>
    <message>
        <source>Exactly at the ends of the selection</source>
        <translation>正好在选区两端</translation>
    </message>
    <message>
        <source>At the frames given here</source>
        <translation>在此处给出的帧</translation>
    </message>
    <message>
        <source>Seam in</source>
        <translation>入点接缝</translation>
    </message>
    <message>
        <source>The first new frame</source>
        <translation>第一个新帧</translation>
    </message>
    <message>
        <source>Seam out</source>
        <translation>出点接缝</translation>
    </message>
    <message>
        <source>The last new frame</source>
        <translation>最后一个新帧</translation>
    </message>
    <message>
        <source>Crossfade</source>
        <translation>交叉淡化</translation>
    </message>
    <message>
        <source>Frames on each side that show a mix of both</source>
        <translation>每侧混合显示两者的帧数</translation>
    </message>
    <message>
        <source>First new</source>
        <translation>首个新帧</translation>
    </message>
    <message>
        <source>Last new</source>
        <translation>末个新帧</translation>
    </message>
    <message>
        <source>Mixed</source>
        <translation>混合</translation>
    </message>
</context>
<context>
    <name>SeamMarks</name>
    <message>
        <source>frame {frame}, {time}</source>
        <translation>第 {frame} 帧，{time}</translation>
    </message>
    <message>
        <source>Seam in, on the map</source>
        <translation>入接缝（变化图上）</translation>
    </message>
    <message>
        <source>Seam out, on the map</source>
        <translation>出接缝（变化图上）</translation>
    </message>
</context>
<context>
    <name>SeamPanel</name>
    <message>
        <source>Seam inspector</source>
        <translation>接缝检查</translation>
    </message>
    <message>
        <source>Sound at the joint</source>
        <translation>接缝处的声音</translation>
    </message>
</context>
<context>
    <name>SearchBar</name>
    <message>
        <source>Search takes</source>
        <translation>搜索版本</translation>
    </message>
    <message>
        <source>Prompt, name, day, stage</source>
        <translation>提示词、名称、日期、状态</translation>
    </message>
    <message>
        <source>Shown: {kind}</source>
        <translation>显示：{kind}</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Empty the search</source>
        <translation>清空搜索</translation>
    </message>
</context>
<context>
    <name>Sent</name>
    <message>
        <source>Sent</source>
        <translation>发送时间</translation>
    </message>
    <message>
        <source>From</source>
        <translation>来自</translation>
    </message>
    <message>
        <source>Clip</source>
        <translation>片段</translation>
    </message>
    <message>
        <source>To</source>
        <translation>发往</translation>
    </message>
    <message>
        <source>Kept there until about</source>
        <translation>大约保留到</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>inside the request</source>
        <translation>随请求</translation>
    </message>
    <message>
        <source>through your storage</source>
        <translation>经由您的存储空间</translation>
    </message>
    <message>
        <source>as an address</source>
        <translation>以地址形式</translation>
    </message>
    <message>
        <source>nowhere: the demo service is on this computer</source>
        <translation>未发往任何地方：演示服务就在这台电脑上</translation>
    </message>
    <message>
        <source>{server}, {way}</source>
        <translation>{server}，{way}</translation>
    </message>
</context>
<context>
    <name>SentWindow</name>
    <message>
        <source>What will be sent</source>
        <translation>将要发送的内容</translation>
    </message>
    <message>
        <source>Frames with a line under them will be made anew; the others are sent as surroundings.</source>
        <translation>下方有线的帧会重做；其余作为前后文发送。</translation>
    </message>
    <message>
        <source>Play it</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Opens the file in your video player</source>
        <translation>在您的视频播放器中打开该文件</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Its frames cannot be shown here. Play it to see what would be sent.</source>
        <translation>此处无法显示其画面。请播放文件，查看将要发送的内容。</translation>
    </message>
    <message>
        <source>{length} at {rate} frames a second, {width} × {height}, {size}. Of these, {new} are made anew. Nothing else goes with them: no place, camera or other description of your file. The prompt goes beside it.</source>
        <translation>{length}，每秒 {rate} 帧，{width} × {height}，{size}。其中 {new} 会重做。不附带其他任何内容：没有位置、相机或文件的其他描述。提示词会一并发送。</translation>
    </message>
</context>
<context>
    <name>ServiceSection</name>
    <message>
        <source>Service and hosting</source>
        <translation>服务与传送</translation>
    </message>
    <message>
        <source>Use the demo service</source>
        <translation>使用演示服务</translation>
    </message>
    <message>
        <source>How clips get to RunComfy…</source>
        <translation>片段如何到达 RunComfy…</translation>
    </message>
    <message>
        <source>Until the app is closed, new retakes are made on this computer with a plain effect, for nothing. Nothing leaves it, and no token is needed. Takes on their way to RunComfy go on there.</source>
        <translation>在关闭应用之前，新的重拍在这台电脑上以简单效果制作，不收费。没有任何内容离开本机，也无需令牌。已发往 RunComfy 的版本会在那里继续。</translation>
    </message>
    <message>
        <source>Clips go through {place}, and are deleted there afterwards.</source>
        <translation>片段经由 {place} 传送，之后在那里删除。</translation>
    </message>
    <message>
        <source>Clips travel inside the request itself; nothing has to be set up.</source>
        <translation>片段随请求一起传送；无需设置。</translation>
    </message>
    <message>
        <source>No way is set up yet.</source>
        <translation>还没有设置任何方式。</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Retake Desktop settings</source>
        <translation>Retake Desktop 设置</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账户</translation>
    </message>
    <message>
        <source>Money</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>搜索设置</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>No setting goes by these words.</source>
        <translation>没有符合的设置。</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>Close settings</source>
        <translation>关闭设置</translation>
    </message>
</context>
<context>
    <name>Sheets</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ShortcutSection</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>New keys</source>
        <translation>新按键</translation>
    </message>
    <message>
        <source>New keys, pressed here</source>
        <translation>新按键，在此处按下</translation>
    </message>
    <message>
        <source>Usual keys</source>
        <translation>默认按键</translation>
    </message>
    <message>
        <source>All as usual</source>
        <translation>全部恢复默认</translation>
    </message>
    <message>
        <source>Choose a row, click the field under the table and press the new keys.</source>
        <translation>选择一行，点击表格下方的输入框，然后按下新按键。</translation>
    </message>
    <message>
        <source>What the keys do</source>
        <translation>按键的作用</translation>
    </message>
    <message>
        <source>What</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>These are the usual keys.</source>
        <translation>这些是默认按键。</translation>
    </message>
    <message>
        <source>{what}: {keys}.</source>
        <translation>{what}：{keys}。</translation>
    </message>
    <message>
        <source>{keys} is already taken by “{what}”. Nothing was changed.</source>
        <translation>{keys} 已用于“{what}”。没有任何更改。</translation>
    </message>
    <message>
        <source>This works while you write, too, so it needs Ctrl or Alt. Nothing was changed.</source>
        <translation>此操作在输入文字时也有效，因此需要 Ctrl 或 Alt。没有任何更改。</translation>
    </message>
    <message>
        <source>These keys cannot be used. Nothing was changed.</source>
        <translation>这些按键无法使用。没有任何更改。</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
</context>
<context>
    <name>Shortcuts</name>
    <message>
        <source>Open a video</source>
        <translation>打开视频</translation>
    </message>
    <message>
        <source>Open the file or path on the clipboard</source>
        <translation>打开剪贴板中的文件或路径</translation>
    </message>
    <message>
        <source>Start the retake</source>
        <translation>开始重拍</translation>
    </message>
    <message>
        <source>Undo a change of selection, prompt or mode</source>
        <translation>撤销对选区、提示词或模式的更改</translation>
    </message>
    <message>
        <source>Redo what was undone</source>
        <translation>重做已撤销的更改</translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation>播放或暂停</translation>
    </message>
    <message>
        <source>Backwards, faster each time</source>
        <translation>向后播放，每按一次更快</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Forwards, faster each time</source>
        <translation>向前播放，每按一次更快</translation>
    </message>
    <message>
        <source>One frame back</source>
        <translation>后退一帧</translation>
    </message>
    <message>
        <source>One frame on</source>
        <translation>前进一帧</translation>
    </message>
    <message>
        <source>One second back</source>
        <translation>后退一秒</translation>
    </message>
    <message>
        <source>One second on</source>
        <translation>前进一秒</translation>
    </message>
    <message>
        <source>To the first frame</source>
        <translation>到第一帧</translation>
    </message>
    <message>
        <source>To the last frame</source>
        <translation>到最后一帧</translation>
    </message>
    <message>
        <source>A tenth of the timeline back</source>
        <translation>后退时间线的十分之一</translation>
    </message>
    <message>
        <source>A tenth of the timeline on</source>
        <translation>前进时间线的十分之一</translation>
    </message>
    <message>
        <source>In point at the playhead</source>
        <translation>在播放头处设入点</translation>
    </message>
    <message>
        <source>Out point at the playhead</source>
        <translation>在播放头处设出点</translation>
    </message>
    <message>
        <source>To the in point</source>
        <translation>到入点</translation>
    </message>
    <message>
        <source>To the out point</source>
        <translation>到出点</translation>
    </message>
    <message>
        <source>Select the shot at the playhead</source>
        <translation>选择播放头处的镜头</translation>
    </message>
    <message>
        <source>Move the selection one frame back</source>
        <translation>选区后移一帧</translation>
    </message>
    <message>
        <source>Move the selection one frame on</source>
        <translation>选区前移一帧</translation>
    </message>
    <message>
        <source>Move the selection one second back</source>
        <translation>选区后移一秒</translation>
    </message>
    <message>
        <source>Move the selection one second on</source>
        <translation>选区前移一秒</translation>
    </message>
    <message>
        <source>Zoom in on the timeline, down to single frames</source>
        <translation>放大时间线，直到单帧</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Show the whole video on the timeline</source>
        <translation>在时间线上显示整个视频</translation>
    </message>
    <message>
        <source>Loop the selection</source>
        <translation>循环播放选区</translation>
    </message>
    <message>
        <source>Before alone while it is held, in review; the other one in A/B</source>
        <translation>审看时按住只显示修改前；A/B 模式下切换另一个</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>Wipe</source>
        <translation>划像</translation>
    </message>
    <message>
        <source>A/B in place</source>
        <translation>原位 A/B</translation>
    </message>
    <message>
        <source>Difference, amplified</source>
        <translation>差异，放大显示</translation>
    </message>
    <message>
        <source>Larger picture</source>
        <translation>放大画面</translation>
    </message>
    <message>
        <source>Smaller picture</source>
        <translation>缩小画面</translation>
    </message>
    <message>
        <source>Fit the picture to the window</source>
        <translation>使画面适合窗口</translation>
    </message>
    <message>
        <source>Pixel for pixel (100 %)</source>
        <translation>逐像素显示（100 %）</translation>
    </message>
    <message>
        <source>Look further left</source>
        <translation>向左查看</translation>
    </message>
    <message>
        <source>Look further right</source>
        <translation>向右查看</translation>
    </message>
    <message>
        <source>Look further up</source>
        <translation>向上查看</translation>
    </message>
    <message>
        <source>Look further down</source>
        <translation>向下查看</translation>
    </message>
    <message>
        <source>Magnifier</source>
        <translation>放大镜</translation>
    </message>
    <message>
        <source>Comparison on the full screen</source>
        <translation>全屏对比</translation>
    </message>
    <message>
        <source>Sound from before, after, or what is shown</source>
        <translation>声音来自修改前、修改后或当前显示的</translation>
    </message>
    <message>
        <source>Loop one second around the in point, in turn</source>
        <translation>循环播放入点前后各一秒，前后交替</translation>
    </message>
    <message>
        <source>Loop one second around the out point, in turn</source>
        <translation>循环播放出点前后各一秒，前后交替</translation>
    </message>
    <message>
        <source>To the next change</source>
        <translation>到下一处变化</translation>
    </message>
    <message>
        <source>To the change before</source>
        <translation>到上一处变化</translation>
    </message>
    <message>
        <source>Show an earlier frame of the take, for good</source>
        <translation>显示版本中更早的一帧，永久生效</translation>
    </message>
    <message>
        <source>Show a later frame of the take, for good</source>
        <translation>显示版本中更晚的一帧，永久生效</translation>
    </message>
    <message>
        <source>Show or hide the takes</source>
        <translation>显示或隐藏版本列表</translation>
    </message>
    <message>
        <source>Show or hide the form</source>
        <translation>显示或隐藏表单</translation>
    </message>
    <message>
        <source>Back to editing</source>
        <translation>回到编辑</translation>
    </message>
    <message>
        <source>This list</source>
        <translation>此列表</translation>
    </message>
</context>
<context>
    <name>SoundChoice</name>
    <message>
        <source>Sound from</source>
        <translation>声音来源</translation>
    </message>
    <message>
        <source>Listen to</source>
        <translation>收听</translation>
    </message>
    <message>
        <source>before</source>
        <translation>修改前</translation>
    </message>
    <message>
        <source>Sound before</source>
        <translation>修改前的声音</translation>
    </message>
    <message>
        <source>after</source>
        <translation>修改后</translation>
    </message>
    <message>
        <source>Sound after</source>
        <translation>修改后的声音</translation>
    </message>
    <message>
        <source>Sound of what is shown</source>
        <translation>当前显示画面的声音</translation>
    </message>
    <message>
        <source>as shown</source>
        <translation>当前显示的</translation>
    </message>
    <message>
        <source>equally loud</source>
        <translation>响度一致</translation>
    </message>
    <message>
        <source>Match loudness</source>
        <translation>匹配响度</translation>
    </message>
    <message>
        <source>Choose a take to review first.</source>
        <translation>请先选择要审看的版本。</translation>
    </message>
    <message>
        <source>It has no sound.</source>
        <translation>它没有声音。</translation>
    </message>
    <message>
        <source>One of the two has no sound.</source>
        <translation>两者之一没有声音。</translation>
    </message>
</context>
<context>
    <name>SoundTrackChoice</name>
    <message>
        <source>Sound sent</source>
        <translation>发送的声音</translation>
    </message>
    <message>
        <source>The video has several sounds; only this one is sent and replaced.</source>
        <translation>此视频有多条音轨；只发送并替换这一条。</translation>
    </message>
    <message>
        <source>Track {number}</source>
        <translation>音轨 {number}</translation>
    </message>
</context>
<context>
    <name>Spending</name>
    <message>
        <source>This may cost about {press}, more than the {limit} you asked to be asked above.</source>
        <translation>这次可能花费约 {press}，超过了您设定的询问限额 {limit}。</translation>
    </message>
    <message>
        <source>The price of this is not known, so it cannot be held against your limits.</source>
        <translation>价格未知，无法与您的限额比较。</translation>
    </message>
    <message>
        <source>The cost of {count} of today&apos;s retakes is not known, so this one may pass your limit of {limit} a day.</source>
        <translation>今天有 {count} 次重拍的费用未知，因此这次可能超过您每天 {limit} 的限额。</translation>
    </message>
    <message>
        <source>Today {day} is spent or on its way; this retake, {press}, would pass your limit of {limit} a day. The limit holds until midnight. You can change it in Settings, under Money.</source>
        <translation>今天已花费或进行中的为 {day}；此次重拍{press}，会超过您每天 {limit} 的限额。限额持续到午夜。您可以在“设置”的“费用”中更改。</translation>
    </message>
    <message>
        <source>about {amount}</source>
        <translation>约 {amount}</translation>
    </message>
    <message>
        <source>of unknown price</source>
        <translation>价格未知</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>请求时间</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Request id</source>
        <translation>请求 ID</translation>
    </message>
    <message>
        <source>one retake</source>
        <translation>1 次重拍</translation>
    </message>
    <message>
        <source>{amount} for {count}</source>
        <translation>{count}共 {amount}</translation>
    </message>
    <message>
        <source>{count} retakes</source>
        <translation>{count} 次重拍</translation>
    </message>
    <message>
        <source>{amount} of it estimated</source>
        <translation>其中 {amount} 为估算</translation>
    </message>
    <message>
        <source>{count} of unknown cost on top</source>
        <translation>另有 {count} 次费用未知</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>about {amount} (estimate)</source>
        <translation>约 {amount}（估算）</translation>
    </message>
</context>
<context>
    <name>SpendingDialog</name>
    <message>
        <source>Spending</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>With the prompts</source>
        <translation>包含提示词</translation>
    </message>
    <message>
        <source>Receipts hold ids, times, lengths and amounts; prompts only if you want.</source>
        <translation>收据包含 ID、时间、长度和金额；提示词仅在您需要时包含。</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>保存为 CSV…</translation>
    </message>
    <message>
        <source>Save as JSON…</source>
        <translation>保存为 JSON…</translation>
    </message>
    <message>
        <source>Limits…</source>
        <translation>限额…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Export result</source>
        <translation>导出结果</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Paid retakes</source>
        <translation>付费的重拍</translation>
    </message>
    <message>
        <source>This month: {amount}</source>
        <translation>本月：{amount}</translation>
    </message>
    <message>
        <source>Today: {amount}.</source>
        <translation>今天：{amount}。</translation>
    </message>
    <message>
        <source>May still come on top: {amount}.</source>
        <translation>还可能增加：{amount}。</translation>
    </message>
    <message>
        <source>Saved as {path}. Receipts: {count}.</source>
        <translation>已保存为 {path}。收据：{count} 份。</translation>
    </message>
    <message>
        <source>Nothing has been paid yet. Retakes on the demo service cost nothing.</source>
        <translation>还没有付费记录。演示服务上的重拍不收费。</translation>
    </message>
    <message>
        <source>There are no receipts yet.</source>
        <translation>还没有收据。</translation>
    </message>
    <message>
        <source>Save receipts</source>
        <translation>保存收据</translation>
    </message>
    <message>
        <source>Saving the receipts…</source>
        <translation>正在保存收据…</translation>
    </message>
</context>
<context>
    <name>SpendingQuestion</name>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
    <message>
        <source>Retake anyway</source>
        <translation>仍然重拍</translation>
    </message>
    <message>
        <source>Change the limit</source>
        <translation>更改限额</translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>Stage</source>
        <translation>画面</translation>
    </message>
    <message>
        <source>No picture yet</source>
        <translation>还没有画面</translation>
    </message>
    <message>
        <source>This part will change</source>
        <translation>这部分将会改变</translation>
    </message>
</context>
<context>
    <name>Starters</name>
    <message>
        <source>Keep everything but one thing</source>
        <translation>只改一处，其余保持</translation>
    </message>
    <message>
        <source>Keep the same person, place, light and camera move. Only this is different: …</source>
        <translation>保持同一人物、地点、光线和镜头运动。只有这里不同：…</translation>
    </message>
    <message>
        <source>Other clothes</source>
        <translation>换衣服</translation>
    </message>
    <message>
        <source>The same person in the same place and light, now wearing …</source>
        <translation>同一人物，同一地点和光线，现在穿着…</translation>
    </message>
    <message>
        <source>Take something away</source>
        <translation>去掉某样东西</translation>
    </message>
    <message>
        <source>The same shot with the same light and camera move, but without …</source>
        <translation>同样的镜头，同样的光线和镜头运动，但没有…</translation>
    </message>
    <message>
        <source>Another expression</source>
        <translation>换表情</translation>
    </message>
    <message>
        <source>The same person in the same framing and light. Their expression changes slowly to …</source>
        <translation>同一人物，同样的构图和光线。表情慢慢变为…</translation>
    </message>
    <message>
        <source>Another line of dialogue</source>
        <translation>换台词</translation>
    </message>
    <message>
        <source>The same person in the same framing looks up and says calmly: “…”</source>
        <translation>同一人物，同样的构图，抬头平静地说：“…”</translation>
    </message>
    <message>
        <source>Only other sounds</source>
        <translation>只换声音</translation>
    </message>
    <message>
        <source>Quiet sound of the place, nobody speaks, no music. In front, clearly heard: …</source>
        <translation>现场的安静环境声，无人说话，没有音乐。前景中清晰可闻：…</translation>
    </message>
</context>
<context>
    <name>Storage</name>
    <message>
        <source>Keep the bucket private; addresses are signed and work for three days. The app deletes each clip after its take. As a safety net give the bucket a lifecycle rule: delete files of this folder after 7 days, and unfinished uploads after 1 day.</source>
        <translation>请保持存储桶私有；地址带签名，有效期三天。应用会在每个版本完成后删除其片段。作为保险，请给存储桶设置生命周期规则：7 天后删除此文件夹中的文件，1 天后删除未完成的上传。</translation>
    </message>
    <message>
        <source>Give the service account the role Storage Object User on this bucket only. As a safety net add a lifecycle rule that deletes files of this folder after 7 days.</source>
        <translation>请只在此存储桶上授予服务账号 Storage Object User 角色。作为保险，请添加生命周期规则：7 天后删除此文件夹中的文件。</translation>
    </message>
    <message>
        <source>Keep the container private; addresses are signed and work for three days. As a safety net add a lifecycle rule that deletes blobs of this folder after 7 days.</source>
        <translation>请保持容器私有；地址带签名，有效期三天。作为保险，请添加生命周期规则：7 天后删除此文件夹中的 Blob。</translation>
    </message>
    <message>
        <source>Whoever has the public address of the folder may see the clips in it until the app deletes them, after their takes. Share an otherwise empty folder. Use an app password where your server offers one.</source>
        <translation>任何知道文件夹公开地址的人都能看到其中的片段，直到应用在版本完成后将其删除。请共享一个没有其他内容的文件夹。如果服务器提供应用密码，请使用应用密码。</translation>
    </message>
    <message>
        <source>S3 (Amazon, R2, B2, MinIO)</source>
        <translation>S3（Amazon、R2、B2、MinIO）</translation>
    </message>
    <message>
        <source>Google Cloud</source>
        <translation>Google Cloud</translation>
    </message>
    <message>
        <source>Azure Blob</source>
        <translation>Azure Blob</translation>
    </message>
    <message>
        <source>WebDAV (Nextcloud)</source>
        <translation>WebDAV（Nextcloud）</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>端点</translation>
    </message>
    <message>
        <source>Bucket</source>
        <translation>存储桶</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Access key id</source>
        <translation>访问密钥 ID</translation>
    </message>
    <message>
        <source>Secret access key</source>
        <translation>私密访问密钥</translation>
    </message>
    <message>
        <source>Folder in it</source>
        <translation>其中的文件夹</translation>
    </message>
    <message>
        <source>Service account key</source>
        <translation>服务账号密钥</translation>
    </message>
    <message>
        <source>Storage account</source>
        <translation>存储账户</translation>
    </message>
    <message>
        <source>Container</source>
        <translation>容器</translation>
    </message>
    <message>
        <source>Account key</source>
        <translation>账户密钥</translation>
    </message>
    <message>
        <source>Folder address</source>
        <translation>文件夹地址</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Public address</source>
        <translation>公开地址</translation>
    </message>
    <message>
        <source>empty for Amazon; else https://…</source>
        <translation>Amazon 留空；其他为 https://…</translation>
    </message>
    <message>
        <source>as your provider shows it; empty: guessed</source>
        <translation>按服务商显示填写；留空则自动推测</translation>
    </message>
    <message>
        <source>paste the whole JSON key file</source>
        <translation>粘贴整个 JSON 密钥文件</translation>
    </message>
    <message>
        <source>https://cloud.example.com/remote.php/dav/files/you/clips</source>
        <translation>https://cloud.example.com/remote.php/dav/files/you/clips</translation>
    </message>
    <message>
        <source>share link of that folder, or where the web shows it</source>
        <translation>该文件夹的共享链接，或网上可访问的地址</translation>
    </message>
</context>
<context>
    <name>StorageFields</name>
    <message>
        <source>Keep the secret for this session only</source>
        <translation>私密密钥仅保留到本次会话结束</translation>
    </message>
    <message>
        <source>Kind of storage</source>
        <translation>存储空间类型</translation>
    </message>
</context>
<context>
    <name>Supporting</name>
    <message>
        <source>Retake Desktop crashed last time. Your takes are on record and go on by themselves.</source>
        <translation>Retake Desktop 上次意外崩溃。您的版本已记录在案，会自动继续。</translation>
    </message>
    <message>
        <source>Retake Desktop was ended from outside last time, or the power failed. Your takes are on record and go on by themselves.</source>
        <translation>Retake Desktop 上次被外部终止，或发生了断电。您的版本已记录在案，会自动继续。</translation>
    </message>
    <message>
        <source>The graphics card is left off: see Playback in the settings.</source>
        <translation>显卡暂不使用：请看设置中的“播放”。</translation>
    </message>
    <message>
        <source>Look at a report…</source>
        <translation>查看报告…</translation>
    </message>
</context>
<context>
    <name>SystemMessages</name>
    <message>
        <source>Review</source>
        <translation>审看</translation>
    </message>
</context>
<context>
    <name>TakeActions</name>
    <message>
        <source>It may be paid for. Adopt it or send it again first.</source>
        <translation>它可能已付费。请先认领或再次发送。</translation>
    </message>
    <message>
        <source>It is paid for and not fetched yet.</source>
        <translation>它已付费，但尚未取回。</translation>
    </message>
    <message>
        <source>It is still on its way. Cancel it first.</source>
        <translation>它仍在进行中。请先取消。</translation>
    </message>
    <message>
        <source>There is no result to review.</source>
        <translation>没有可审看的结果。</translation>
    </message>
    <message>
        <source>There is no file of it yet.</source>
        <translation>还没有它的文件。</translation>
    </message>
    <message>
        <source>The service has given it no request id.</source>
        <translation>服务没有给它请求 ID。</translation>
    </message>
    <message>
        <source>Review this take</source>
        <translation>审看此版本</translation>
    </message>
    <message>
        <source>Write its prompt into the form</source>
        <translation>将其提示词填入表单</translation>
    </message>
    <message>
        <source>Show its file in the folder</source>
        <translation>在文件夹中显示其文件</translation>
    </message>
    <message>
        <source>Copy its request id</source>
        <translation>复制其请求 ID</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Put back into the list</source>
        <translation>放回列表</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>从列表移除</translation>
    </message>
</context>
<context>
    <name>TakeDelegate</name>
    <message>
        <source>Name of the take</source>
        <translation>版本名称</translation>
    </message>
</context>
<context>
    <name>TakeDetail</name>
    <message>
        <source>Cancel job</source>
        <translation>取消任务</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>审看</translation>
    </message>
    <message>
        <source>More for this take</source>
        <translation>此版本的更多操作</translation>
    </message>
    <message>
        <source>Rename, show in folder, remove from the list, and so on</source>
        <translation>重命名、在文件夹中显示、从列表移除等</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Nothing was accepted, so nothing is paid twice.</source>
        <translation>服务未接受任何请求，因此不会重复付费。</translation>
    </message>
    <message>
        <source>Sent {way}.</source>
        <translation>已{way}。</translation>
    </message>
    <message>
        <source>The take is not here yet.</source>
        <translation>此版本尚未到达。</translation>
    </message>
    <message>
        <source>Cancelling has been asked for already.</source>
        <translation>已经请求取消。</translation>
    </message>
    <message>
        <source>It is made and paid for; only the file is still to come.</source>
        <translation>它已制作并付费；只差取回文件。</translation>
    </message>
    <message>
        <source>There is nothing left to cancel.</source>
        <translation>没有可取消的内容。</translation>
    </message>
    <message>
        <source>It was discarded. Bring it back first.</source>
        <translation>它已弃用。请先恢复。</translation>
    </message>
    <message>
        <source>There is no result to review.</source>
        <translation>没有可审看的结果。</translation>
    </message>
</context>
<context>
    <name>TakeList</name>
    <message>
        <source>Takes list</source>
        <translation>版本列表</translation>
    </message>
</context>
<context>
    <name>Takes</name>
    <message>
        <source>All takes</source>
        <translation>所有版本</translation>
    </message>
    <message>
        <source>On their way</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Waiting for you</source>
        <translation>等待您处理</translation>
    </message>
    <message>
        <source>Ready to review</source>
        <translation>可以审看</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>已保留</translation>
    </message>
    <message>
        <source>Failed, cancelled, discarded</source>
        <translation>失败、取消、弃用</translation>
    </message>
    <message>
        <source>Removed from the list</source>
        <translation>已从列表移除</translation>
    </message>
</context>
<context>
    <name>TakesPanel</name>
    <message>
        <source>What retakes have cost, and receipts to keep</source>
        <translation>重拍的费用，以及可保存的收据</translation>
    </message>
    <message>
        <source>Takes of all videos</source>
        <translation>所有视频的版本</translation>
    </message>
    <message>
        <source>This month {amount}</source>
        <translation>本月 {amount}</translation>
    </message>
    <message>
        <source>This month {amount} or more</source>
        <translation>本月至少 {amount}</translation>
    </message>
    <message>
        <source>This month about {amount}</source>
        <translation>本月约 {amount}</translation>
    </message>
    <message>
        <source>No take is found by that.</source>
        <translation>没有找到符合的版本。</translation>
    </message>
    <message>
        <source>Takes appear here, newest first. They stay on record until you remove them.</source>
        <translation>版本会出现在这里，最新的在前。它们会一直保留在记录中，直到您移除。</translation>
    </message>
</context>
<context>
    <name>Tending</name>
    <message numerus="yes">
        <source>Going on with %n take(s) from last time.</source>
        <translation>
            <numerusform>正在继续上次的 %n 个版本。</numerusform>
        </translation>
    </message>
    <message>
        <source>The result lies on {host}. Fetch it from there?</source>
        <translation>结果位于 {host}。要从那里取回吗？</translation>
    </message>
    <message>
        <source>Fetch from {host}</source>
        <translation>从 {host} 取回</translation>
    </message>
</context>
<context>
    <name>Text</name>
    <message>
        <source>Picture</source>
        <translation>画面</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>Picture and sound</source>
        <translation>画面和声音</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>正在开始</translation>
    </message>
    <message>
        <source>Preparing the video</source>
        <translation>正在准备视频</translation>
    </message>
    <message>
        <source>Getting it to the service</source>
        <translation>正在传送到服务</translation>
    </message>
    <message>
        <source>Asking for the retake</source>
        <translation>正在请求重拍</translation>
    </message>
    <message>
        <source>In the queue</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>Being made</source>
        <translation>正在制作</translation>
    </message>
    <message>
        <source>Fetching the result</source>
        <translation>正在取回结果</translation>
    </message>
    <message>
        <source>Ready to review</source>
        <translation>可以审看</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>已保留</translation>
    </message>
    <message>
        <source>Discarded</source>
        <translation>已弃用</translation>
    </message>
    <message>
        <source>Needs your decision</source>
        <translation>需要您决定</translation>
    </message>
    <message>
        <source>Cancelling</source>
        <translation>正在取消</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>Paid for, not fetched yet</source>
        <translation>已付费，尚未取回</translation>
    </message>
    <message>
        <source>Waiting for a valid API token.</source>
        <translation>正在等待有效的 API 令牌。</translation>
    </message>
    <message>
        <source>Waiting for the connection; goes on by itself.</source>
        <translation>正在等待网络连接；会自动继续。</translation>
    </message>
    <message>
        <source>Waiting for the token of the account that it belongs to.</source>
        <translation>正在等待其所属账户的令牌。</translation>
    </message>
    <message>
        <source>Waiting for the service address that it belongs to.</source>
        <translation>正在等待其所属的服务地址。</translation>
    </message>
    <message>
        <source>Another Retake Desktop process takes care of it.</source>
        <translation>另一个 Retake Desktop 进程正在处理它。</translation>
    </message>
    <message>
        <source>Waiting for your word on the server that holds the result.</source>
        <translation>结果所在的服务器需要您的许可。</translation>
    </message>
    <message>
        <source>Waiting for another way to get the clip to the service.</source>
        <translation>正在等待以其他方式将片段传送到服务。</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>{done} of {total} frames</source>
        <translation>{done} / {total} 帧</translation>
    </message>
    <message>
        <source>{number} s</source>
        <translation>{number} 秒</translation>
    </message>
    <message>
        <source>Cancel asked for</source>
        <translation>已请求取消</translation>
    </message>
    <message>
        <source>{first} {second}</source>
        <translation>{first}{second}</translation>
    </message>
    <message>
        <source>d MMM</source>
        <translation>M月d日</translation>
    </message>
    <message>
        <source>about {number} min left</source>
        <translation>约剩 {number} 分钟</translation>
    </message>
    <message>
        <source>demo</source>
        <translation>演示</translation>
    </message>
    <message>
        <source>{time} of usually {usual}</source>
        <translation>{time}，通常 {usual}</translation>
    </message>
    <message>
        <source>about {number} s left</source>
        <translation>约剩 {number} 秒</translation>
    </message>
    <message>
        <source>number {position}</source>
        <translation>第 {position} 位</translation>
    </message>
    <message>
        <source>take {take} of {takes}</source>
        <translation>版本 {take} / {takes}</translation>
    </message>
    <message>
        <source>about {amount} (estimate)</source>
        <translation>约 {amount}（估算）</translation>
    </message>
</context>
<context>
    <name>TimeField</name>
    <message>
        <source>Open a video first.</source>
        <translation>请先打开视频。</translation>
    </message>
    <message>
        <source>Write a time such as 00:00:01.200 or 00:00:01:05.</source>
        <translation>请填写如 00:00:01.200 或 00:00:01:05 的时间。</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>This video has no sound</source>
        <translation>此视频没有声音</translation>
    </message>
    <message>
        <source>Takes of this moment: {count}, of them kept: {kept} ({start} to {end})</source>
        <translation>这一刻的版本：{count} 个，其中已保留 {kept} 个（{start} 至 {end}）</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>A take is under review; its selection is fixed.</source>
        <translation>正在审看版本；其选区已固定。</translation>
    </message>
</context>
<context>
    <name>TokenField</name>
    <message>
        <source>API token</source>
        <translation>API 令牌</translation>
    </message>
</context>
<context>
    <name>TokenSection</name>
    <message>
        <source>Keep for this session only</source>
        <translation>仅在本次会话中保留</translation>
    </message>
    <message>
        <source>The token stays in memory and is gone when the window closes.</source>
        <translation>令牌保存在内存中，窗口关闭后即消失。</translation>
    </message>
    <message>
        <source>Test connection</source>
        <translation>测试连接</translation>
    </message>
    <message>
        <source>Forget token</source>
        <translation>忘记令牌</translation>
    </message>
    <message>
        <source>Ask the keyring again</source>
        <translation>再次询问密钥环</translation>
    </message>
    <message>
        <source>Connection result</source>
        <translation>连接结果</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>已保存。</translation>
    </message>
    <message>
        <source>Balance: {amount}</source>
        <translation>余额：{amount}</translation>
    </message>
    <message>
        <source>There is no stored token.</source>
        <translation>没有保存的令牌。</translation>
    </message>
    <message>
        <source>Paste it here</source>
        <translation>粘贴到这里</translation>
    </message>
    <message>
        <source>RUNCOMFY_API_TOKEN is set in the environment and wins over this field.</source>
        <translation>环境变量 RUNCOMFY_API_TOKEN 已设置，优先于此输入框。</translation>
    </message>
    <message>
        <source>A token is in use for this session. Paste another to replace it.</source>
        <translation>本次会话正在使用一个令牌。粘贴另一个即可替换。</translation>
    </message>
    <message>
        <source>A token is stored in the system keyring. Paste another to replace it.</source>
        <translation>系统密钥环中已保存一个令牌。粘贴另一个即可替换。</translation>
    </message>
    <message>
        <source>You find it in your RunComfy profile. It is saved as soon as it is pasted.</source>
        <translation>您可以在 RunComfy 个人资料中找到它。粘贴后立即保存。</translation>
    </message>
    <message>
        <source>The demo service is in use and needs no token.</source>
        <translation>正在使用演示服务，无需令牌。</translation>
    </message>
    <message>
        <source>Saving the token…</source>
        <translation>正在保存令牌…</translation>
    </message>
    <message>
        <source>Asking the service…</source>
        <translation>正在询问服务…</translation>
    </message>
    <message>
        <source>Asking the keyring…</source>
        <translation>正在询问密钥环…</translation>
    </message>
    <message>
        <source>Its price is unknown.</source>
        <translation>其价格未知。</translation>
    </message>
    <message>
        <source>The balance is unknown.</source>
        <translation>余额未知。</translation>
    </message>
    <message>
        <source>The demo service answers.</source>
        <translation>演示服务有响应。</translation>
    </message>
    <message>
        <source>The token is valid.</source>
        <translation>令牌有效。</translation>
    </message>
    <message>
        <source>It costs {amount} per {unit}.</source>
        <translation>价格为每{unit} {amount}。</translation>
    </message>
    <message>
        <source>The balance is {amount}.</source>
        <translation>余额为 {amount}。</translation>
    </message>
    <message>
        <source>The model {model} is available.</source>
        <translation>模型 {model} 可用。</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Open video</source>
        <translation>打开视频</translation>
    </message>
    <message>
        <source>Demo service</source>
        <translation>演示服务</translation>
    </message>
    <message>
        <source>Retakes are made on this computer with a plain effect, for nothing.</source>
        <translation>重拍在这台电脑上以简单效果制作，不收费。</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Demo service, help, quit</source>
        <translation>演示服务、帮助、退出</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Open what is on the clipboard</source>
        <translation>打开剪贴板中的内容</translation>
    </message>
    <message>
        <source>Recent videos</source>
        <translation>最近的视频</translation>
    </message>
    <message>
        <source>Show or hide the takes</source>
        <translation>显示或隐藏版本列表</translation>
    </message>
    <message>
        <source>Show or hide the form</source>
        <translation>显示或隐藏表单</translation>
    </message>
    <message>
        <source>Set up RunComfy…</source>
        <translation>设置 RunComfy…</translation>
    </message>
    <message>
        <source>Retake on the demo service</source>
        <translation>在演示服务上重拍</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Is everything all right?</source>
        <translation>一切正常吗？</translation>
    </message>
    <message>
        <source>A report for whoever helps you…</source>
        <translation>给帮助您的人的报告…</translation>
    </message>
    <message>
        <source>What of mine lies where?</source>
        <translation>我的数据都在哪里？</translation>
    </message>
    <message>
        <source>Room on disk</source>
        <translation>磁盘空间</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>About Retake Desktop</source>
        <translation>关于 Retake Desktop</translation>
    </message>
    <message>
        <source>Retake Desktop</source>
        <translation>Retake Desktop</translation>
    </message>
    <message>
        <source>variable, about {rate} fps</source>
        <translation>可变，约 {rate} fps</translation>
    </message>
</context>
<context>
    <name>Track</name>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Selection from {start} to {end}</source>
        <translation>选区从 {start} 到 {end}</translation>
    </message>
    <message>
        <source>Nothing is selected.</source>
        <translation>没有选择任何内容。</translation>
    </message>
</context>
<context>
    <name>Transport</name>
    <message>
        <source>Previous frame</source>
        <translation>上一帧</translation>
    </message>
    <message>
        <source>Previous frame (Left)</source>
        <translation>上一帧 (Left)</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Play (Space)</source>
        <translation>播放 (Space)</translation>
    </message>
    <message>
        <source>Next frame</source>
        <translation>下一帧</translation>
    </message>
    <message>
        <source>Next frame (Right)</source>
        <translation>下一帧 (Right)</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>循环</translation>
    </message>
    <message>
        <source>frame {index}</source>
        <translation>第 {index} 帧</translation>
    </message>
    <message>
        <source>Pause (Space)</source>
        <translation>暂停 (Space)</translation>
    </message>
    <message>
        <source>Open a video first.</source>
        <translation>请先打开视频。</translation>
    </message>
    <message>
        <source>Playing</source>
        <translation>正在播放</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Loop the selection (Shift+L)</source>
        <translation>循环播放选区 (Shift+L)</translation>
    </message>
    <message>
        <source>Select the moment to repeat first.</source>
        <translation>请先选择要重复的时刻。</translation>
    </message>
</context>
<context>
    <name>Updating</name>
    <message>
        <source>Retake Desktop {version} is there.</source>
        <translation>Retake Desktop {version} 已发布。</translation>
    </message>
    <message>
        <source>What is new…</source>
        <translation>新内容…</translation>
    </message>
</context>
<context>
    <name>VolumeControl</name>
    <message>
        <source>Mute</source>
        <translation>静音</translation>
    </message>
    <message>
        <source>Sound output</source>
        <translation>声音输出</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>音量</translation>
    </message>
    <message>
        <source>The system&apos;s usual output</source>
        <translation>系统默认输出</translation>
    </message>
    <message>
        <source>Open a video first.</source>
        <translation>请先打开视频。</translation>
    </message>
    <message>
        <source>This video has no sound.</source>
        <translation>此视频没有声音。</translation>
    </message>
    <message>
        <source>Mute (hold or right-click: sound output)</source>
        <translation>静音（按住或右击：声音输出）</translation>
    </message>
</context>
<context>
    <name>Waves</name>
    <message>
        <source>Before</source>
        <translation>修改前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>修改后</translation>
    </message>
    <message>
        <source>no sound</source>
        <translation>无声音</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Windows keeps files from being dropped on an app that runs as administrator. Start Retake Desktop without administrator rights, or use the button.</source>
        <translation>Windows 不允许将文件拖到以管理员身份运行的应用上。请不以管理员身份启动 Retake Desktop，或使用按钮。</translation>
    </message>
    <message>
        <source>Recent videos</source>
        <translation>最近的视频</translation>
    </message>
    <message>
        <source>Drop a video here</source>
        <translation>将视频拖到这里</translation>
    </message>
    <message>
        <source>MP4, MOV, MKV or WebM, of any length. It stays on this computer until Retake.</source>
        <translation>MP4、MOV、MKV 或 WebM，长度不限。按下“重拍”之前都留在这台电脑上。</translation>
    </message>
    <message>
        <source>Open video</source>
        <translation>打开视频</translation>
    </message>
    <message>
        <source>Try it with the sample</source>
        <translation>用示例试试</translation>
    </message>
    <message>
        <source>New here? Try everything on the demo service: the sample clip, a plain effect, no account, no cost. Real retakes are made by RunComfy and billed to your account there.</source>
        <translation>第一次使用？可以在演示服务上试用全部功能：示例片段、简单效果，无需账户，不收费。真正的重拍由 RunComfy 制作，并从您在那里的账户计费。</translation>
    </message>
    <message>
        <source>Try the demo</source>
        <translation>试用演示</translation>
    </message>
    <message>
        <source>Set up RunComfy…</source>
        <translation>设置 RunComfy…</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
    <message>
        <source>Both stay in the menu.</source>
        <translation>两者都可在菜单中找到。</translation>
    </message>
    <message>
        <source>Open a video</source>
        <translation>打开一个视频</translation>
    </message>
</context>
<context>
    <name>Workbench</name>
    <message>
        <source>Videos play without sound: {reason}</source>
        <translation>视频无声播放：{reason}</translation>
    </message>
    <message>
        <source>The sound device is gone. The picture goes on; sound comes back with a device.</source>
        <translation>声音设备已断开。画面继续播放；有设备时声音会恢复。</translation>
    </message>
    <message>
        <source>Sound is back.</source>
        <translation>声音已恢复。</translation>
    </message>
</context>
<context>
    <name>_Adopt</name>
    <message>
        <source>Request id to adopt</source>
        <translation>要认领的请求 ID</translation>
    </message>
    <message>
        <source>Request id from RunComfy</source>
        <translation>RunComfy 的请求 ID</translation>
    </message>
    <message>
        <source>Adopt</source>
        <translation>认领</translation>
    </message>
    <message>
        <source>Paste the request id first.</source>
        <translation>请先粘贴请求 ID。</translation>
    </message>
</context>
<context>
    <name>_Frame</name>
    <message>
        <source>Made anew</source>
        <translation>重做内容</translation>
    </message>
    <message>
        <source>Surroundings</source>
        <translation>前后文</translation>
    </message>
</context>
<context>
    <name>_Reading</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>_Warning</name>
    <message>
        <source>If the service did accept the first one, you will be billed for both.</source>
        <translation>如果服务确实接受了第一次请求，您会为两次付费。</translation>
    </message>
    <message>
        <source>Send anyway</source>
        <translation>仍然发送</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>算了</translation>
    </message>
</context>
</TS>
